package org.sparkautoencoder.kernel;

/** Sums of arrays, with one index for both: the form that the JIT compiler vectorises. */
final class Sums {
    private Sums() {}

    /** sum[i] = beta sum[i] + values[i] for i from {@code from} up to {@code to}. */
    static void accumulate(float beta, float[] sum, float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] = beta * sum[i] + values[i];
        }
    }

    /** sum[i] = sum[i] + values[i] for i from {@code from} up to {@code to}. */
    static void add(float[] values, float[] sum, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] = sum[i] + values[i];
        }
    }
}
