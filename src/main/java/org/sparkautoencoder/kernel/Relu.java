package org.sparkautoencoder.kernel;

/** The rectifier max(0, z) over arrays (Nair and Hinton, ICML 2010). */
final class Relu {
    private Relu() {}

    /** z[i] = max(0, z[i]) for i below n. */
    static void apply(float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(0f, z[i]);
        }
    }

    /** delta[i] = 0 where a[i] = max(0, z) is 0, for i below n. */
    static void gate(float[] a, float[] delta, int n) {
        for (int i = 0; i < n; i++) {
            delta[i] = a[i] > 0f ? delta[i] : 0f;
        }
    }
}
