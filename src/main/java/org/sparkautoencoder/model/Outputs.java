package org.sparkautoencoder.model;

import org.sparkautoencoder.kernel.Threshold;

/** How a network's outputs are taken. */
public enum Outputs {
    /** As they are. */
    PLAIN,
    /** After the {@link Threshold}. */
    THRESHOLDED;

    /** An output taken so. */
    public float of(float output) {
        return this == PLAIN ? output : Threshold.apply(output);
    }
}
