package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sparkautoencoder.csv.BadInputException;

/** Makes data sets: {@code <folder>/<name>/train.csv}, {@code test.csv} and {@code provenance.properties}. */
public final class Preparation {
    private Preparation() {}

    /**
     * Makes the data set completely or not at all, or finds it there already, made by the same recipe and unchanged.
     *
     * @param progress takes one line of text for each thing that takes its time
     * @throws MnistUnavailableException when it needs MNIST and no place has it
     * @throws BadInputException when the settings or the input are wrong, when something else is in its place and
     *     overwriting is not allowed, or when a file cannot be read or written
     */
    public static PreparedDataset prepare(PrepareSettings settings, Consumer<String> progress) {
        Path target = settings.folder().resolve(settings.name());
        try {
            return prepare(settings, target, progress);
        } catch (NoSuchFileException e) {
            throw new BadInputException("no such file: " + e.getMessage(), e);
        } catch (AccessDeniedException e) {
            throw new BadInputException("no permission: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BadInputException(target + " cannot be prepared: " + e, e);
        }
    }

    private static PreparedDataset prepare(PrepareSettings settings, Path target, Consumer<String> progress)
            throws IOException {
        Recipe recipe = settings.recipe();
        DatasetFolder folder = new DatasetFolder(target);
        SortedMap<String, String> identity = recipe.identity();
        if (!folder.isFree()) {
            if (!settings.overwrite()) {
                PreparedDataset found = folder.prepared(folder.check(identity), true);
                progress.accept(target + " is there already, and is as it was prepared");
                return found;
            }
            folder.checkReplaceable();
        }
        SortedMap<String, String> entries = new TreeMap<>(identity);
        if (!settings.note().isEmpty()) {
            entries.put(Provenance.NOTE, settings.note());
        }
        Path cache = settings.folder().resolve(PrepareSettings.CACHE);
        SortedMap<String, String> written;
        try {
            written = folder.write(
                    entries, settings.overwrite(), (train, test) -> recipe.write(train, test, cache, progress));
        } catch (FileSystemException e) {
            if (settings.overwrite() || folder.isFree()) {
                throw e;
            }
            return folder.prepared(folder.check(identity), true); // another process was faster
        }
        PreparedDataset made = folder.prepared(written, false);
        progress.accept("wrote " + target + ": " + made.trainRows() + " + " + made.testRows() + " rows");
        return made;
    }
}
