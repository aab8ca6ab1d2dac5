package org.sparkautoencoder.runs;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.datasets.MnistSettings;
import org.sparkautoencoder.datasets.MnistUnavailableException;
import org.sparkautoencoder.datasets.PaperRecipe;
import org.sparkautoencoder.datasets.Preparation;
import org.sparkautoencoder.datasets.PrepareSettings;
import org.sparkautoencoder.datasets.PreparedDataset;
import org.sparkautoencoder.datasets.Provenance;
import org.sparkautoencoder.datasets.SyntheticRecipe;
import org.sparkautoencoder.datasets.TimeLimits;

/**
 * The CSVs of a training.
 *
 * @param name what the table of runs calls them
 * @param train path, glob or URI
 * @param test likewise; null for none
 * @param orientation how their pictures lie
 */
record DataPaths(String name, String train, String test, ImageLayout.Orientation orientation) {
    private static final Logger LOG = LoggerFactory.getLogger(DataPaths.class);
    private static final Duration MNIST_LIMIT = Duration.ofSeconds(20);
    private static final long SYNTHETIC_SEED = 1;

    /** The files that the user names; their orientation is that of a provenance file next to them. */
    static DataPaths given(String train, String test) {
        return new DataPaths(train, train, test, orientation(provenanceBeside(train)));
    }

    /** The study's digits, prepared in a folder of data sets when absent; synthetic ones where MNIST is not available. */
    static DataPaths paper(Path folder) {
        try {
            MnistSettings mnist = MnistSettings.DEFAULT.withLimits(TimeLimits.DEFAULT.withWhole(MNIST_LIMIT));
            return of(
                    "paper", Preparation.prepare(new PrepareSettings(folder, new PaperRecipe(mnist)), DataPaths::say));
        } catch (MnistUnavailableException e) {
            String why = "synthetic digits are used instead of the study's, because MNIST is not available";
            LOG.warn("{}", e.getMessage());
            LOG.warn("******** {}. The figures will not be the study's. ********", why);
            LOG.warn("put MNIST's four files into {} and start again", folder.resolve(PrepareSettings.CACHE));
            PrepareSettings synthetic = new PrepareSettings(folder, new SyntheticRecipe(SYNTHETIC_SEED)).withNote(why);
            return of("synthetic (" + why + ")", Preparation.prepare(synthetic, DataPaths::say));
        }
    }

    private static DataPaths of(String name, PreparedDataset prepared) {
        return new DataPaths(name, uri(prepared.train()), uri(prepared.test()), orientation(prepared.provenance()));
    }

    private static String uri(Path file) {
        return file.toAbsolutePath().normalize().toUri().toString();
    }

    private static void say(String line) {
        LOG.info(line);
    }

    private static SortedMap<String, String> provenanceBeside(String path) {
        try {
            Path folder = Path.of(path).toAbsolutePath().getParent();
            return folder == null ? new TreeMap<>() : Provenance.read(folder).orElseGet(TreeMap::new);
        } catch (InvalidPathException e) {
            return new TreeMap<>(); // a URI or a glob, which has no provenance file
        } catch (IOException e) {
            LOG.warn("the provenance file next to {} cannot be read: {}", path, e.toString());
            return new TreeMap<>();
        }
    }

    private static ImageLayout.Orientation orientation(SortedMap<String, String> provenance) {
        return provenance.getOrDefault(Provenance.ORIENTATION, "").startsWith("transposed")
                ? ImageLayout.Orientation.TRANSPOSED
                : ImageLayout.Orientation.UPRIGHT;
    }
}
