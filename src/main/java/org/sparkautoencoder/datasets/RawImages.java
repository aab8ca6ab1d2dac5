package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.util.Map;

/** A user's images, all of one size, whatever the form of their file. */
interface RawImages {
    int count();

    /** Pixels of each image. */
    int width();

    /** The largest pixel of all. */
    double largest();

    void write(int image, int label, RowWriter out) throws IOException;

    /** What the provenance says of these images, and not of those of another form. */
    Map<String, String> facts();
}
