package org.sparkautoencoder.datasets;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.sparkautoencoder.csv.BadInputException;

/**
 * What to prepare, and where.
 *
 * @param folder the folder of data sets, made when absent; MNIST's own files are in its folder {@code idx}
 * @param name of the data set's folder in it
 * @param recipe what the data set is made of
 * @param overwrite whether another data set of that name may be replaced
 * @param note goes into the provenance of a data set that is written; may be empty
 */
public record PrepareSettings(Path folder, String name, Recipe recipe, boolean overwrite, String note) {
    /** The folder of MNIST's files, inside the folder of data sets. */
    public static final String CACHE = "idx";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public PrepareSettings {
        if (!NAME.matcher(name).matches() || name.equals(CACHE)) {
            throw new BadInputException("a data set's name has letters, digits and ._- only, begins with a letter or"
                    + " digit and is not '" + CACHE + "', got '" + name + "'");
        }
    }

    /** Under the recipe's own name, without a note, leaving alone what exists. */
    public PrepareSettings(Path folder, Recipe recipe) {
        this(folder, recipe.name(), recipe, false, "");
    }

    public PrepareSettings withOverwrite(boolean allowed) {
        return new PrepareSettings(folder, name, recipe, allowed, note);
    }

    public PrepareSettings withName(String newName) {
        return new PrepareSettings(folder, newName, recipe, overwrite, note);
    }

    public PrepareSettings withNote(String newNote) {
        return new PrepareSettings(folder, name, recipe, overwrite, newNote);
    }
}
