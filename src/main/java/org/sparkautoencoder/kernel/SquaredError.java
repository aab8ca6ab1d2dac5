package org.sparkautoencoder.kernel;

/** The squared error of outputs a against targets t, and its derivative by the sums z that the outputs are made of. */
final class SquaredError {
    private SquaredError() {}

    /** t[i] = a[i] - t[i] and delta[i] = scale 2 (a[i] - t[i]) a[i] (1 - a[i]) for n values from {@code from} on. */
    static void sigmoidDelta(float[] a, float[] t, float[] delta, int from, int n, float scale) {
        float twice = 2 * scale;
        for (int i = from; i < from + n; i++) {
            float difference = a[i] - t[i];
            t[i] = difference;
            delta[i] = twice * difference * a[i] * (1 - a[i]);
        }
    }

    /** t[i] = a[i] - t[i] and delta[i] = scale 2 (a[i] - t[i]) for n values from {@code from} on, where a = z. */
    static void linearDelta(float[] a, float[] t, float[] delta, int from, int n, float scale) {
        float twice = 2 * scale;
        for (int i = from; i < from + n; i++) {
            float difference = a[i] - t[i];
            t[i] = difference;
            delta[i] = twice * difference;
        }
    }
}
