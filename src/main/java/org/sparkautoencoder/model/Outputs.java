package org.sparkautoencoder.model;

import org.sparkautoencoder.kernel.Threshold;

/** How a network's outputs are used: as they are, or thresholded. */
public enum Outputs {
    /** As they are. */
    PLAIN,
    /** After the {@link Threshold}. */
    THRESHOLDED;

    /** A place in an array of two. */
    int index() {
        return this == PLAIN ? 0 : 1;
    }

    /** The output as it is used. */
    public float of(float output) {
        return this == PLAIN ? output : Threshold.apply(output);
    }
}
