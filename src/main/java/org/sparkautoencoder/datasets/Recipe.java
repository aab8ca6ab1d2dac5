package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Consumer;

/** What a data set is made of, and how. Its settings are checked when it is made. */
public sealed interface Recipe permits PaperRecipe, MnistRecipe, SyntheticRecipe, RawRecipe {
    /** What the data set is called unless the user says otherwise. */
    String name();

    /**
     * Everything that decides the content, as it goes into the provenance: recipes that agree in it give the same
     * bytes. Known without doing the work.
     */
    SortedMap<String, String> identity() throws IOException;

    /**
     * Writes the rows of both files.
     *
     * @param cache the folder of MNIST's files
     * @param progress takes one line of text for each thing that takes its time
     * @return what the provenance says besides the identity
     */
    SortedMap<String, String> write(RowWriter train, RowWriter test, Path cache, Consumer<String> progress)
            throws IOException;
}
