package org.sparkautoencoder.kernel;

/** The study's threshold on predicted outputs: outputs near 0 and 1 become 0 and 1, the others stay. */
public final class Threshold {
    private static final float HIGH = 0.75f;
    private static final float LOW = 0.25f;

    private Threshold() {}

    /** 1 for an output of at least 0.75, 0 for one of at most 0.25, else the output. */
    public static float apply(float output) {
        return output >= HIGH ? 1f : output <= LOW ? 0f : output;
    }
}
