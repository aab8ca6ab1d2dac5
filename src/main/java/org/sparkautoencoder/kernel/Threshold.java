package org.sparkautoencoder.kernel;

/** The study's threshold on predicted outputs: sure values become whole, the rest stays. */
public final class Threshold {
    private static final float HIGH = 0.75f;
    private static final float LOW = 0.25f;

    private Threshold() {}

    /** 1 from 0.75 on, 0 up to 0.25, else the output itself. */
    public static float apply(float output) {
        return output >= HIGH ? 1f : output <= LOW ? 0f : output;
    }
}
