package org.sparkautoencoder.kernel;

/** The logistic function over arrays, in a form that the JIT compiler turns into vector instructions. */
final class Sigmoid {
    // 1 / (1 + e^y) with y = -x and e^y - 1 =: p. For t = y / 256, |t| < 0.35, p is a Taylor polynomial of degree 6;
    // eight times p <- p (2 + p) doubles the exponent, since (1 + p)^2 - 1 = p (2 + p), and keeps the digits of a
    // small p that squaring 1 + p would round away. No branch, conversion or table, so that it vectorises. NaN stays
    // NaN.
    private static final float LIMIT = 87f;

    private Sigmoid() {}

    /** z[i] = 1 / (1 + exp(-z[i])) for n values from {@code from} on. */
    static void apply(float[] z, int from, int n) {
        for (int i = from; i < from + n; i++) {
            float t = Math.min(Math.max(-z[i], -LIMIT), LIMIT) * (1f / 256);
            float p = t * (1 + t * (1f / 2 + t * (1f / 6 + t * (1f / 24 + t * (1f / 120 + t * (1f / 720))))));
            p *= 2 + p;
            p *= 2 + p;
            p *= 2 + p;
            p *= 2 + p;
            p *= 2 + p;
            p *= 2 + p;
            p *= 2 + p;
            p *= 2 + p;
            z[i] = 1 / (2 + p);
        }
    }
}
