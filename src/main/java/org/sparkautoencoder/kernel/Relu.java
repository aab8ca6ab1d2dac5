package org.sparkautoencoder.kernel;

/** The rectifier max(0, z) over arrays (Nair and Hinton, ICML 2010). */
final class Relu {
    private Relu() {}

    /** z[i] = max(0, z[i]) for n values from {@code from} on. */
    static void apply(float[] z, int from, int n) {
        for (int i = from; i < from + n; i++) {
            z[i] = Math.max(0f, z[i]);
        }
    }

    /** delta[i] = error[i] where a[i] = max(0, z) is above 0, else 0, for n values from {@code from} on. */
    static void delta(float[] error, float[] a, float[] delta, int from, int n) {
        for (int i = from; i < from + n; i++) {
            // 1 for every a above 0, however small: a choice between two values would not vectorise.
            float above = Math.min(a[i] * 0x1p126f * 0x1p30f, 1f);
            delta[i] = error[i] * above;
        }
    }
}
