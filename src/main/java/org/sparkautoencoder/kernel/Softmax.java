package org.sparkautoencoder.kernel;

/** Softmax outputs and their cross-entropy, over arrays that lie neuron by neuron. For as few outputs as classes. */
final class Softmax {
    private Softmax() {}

    /** a_j = exp(z_j) / sum_k exp(z_k) for each row, in place; z is n x rows. */
    static void apply(float[] z, int n, int rows) {
        for (int r = 0; r < rows; r++) {
            float largest = z[r];
            for (int j = 1; j < n; j++) {
                largest = Math.max(largest, z[j * rows + r]);
            }
            double sum = 0;
            for (int j = 0; j < n; j++) {
                double e = StrictMath.exp((double) z[j * rows + r] - largest);
                z[j * rows + r] = (float) e;
                sum += e;
            }
            for (int j = 0; j < n; j++) {
                z[j * rows + r] = (float) (z[j * rows + r] / sum);
            }
        }
    }

    /**
     * delta = scale (a - t), the derivative of cross-entropy and softmax.
     *
     * @return the cross-entropy -sum t log a, summed over the values
     */
    static double delta(float[] a, float[] t, float[] delta, int values, float scale) {
        double loss = 0;
        for (int i = 0; i < values; i++) {
            delta[i] = scale * (a[i] - t[i]);
            if (t[i] != 0) {
                loss -= t[i] * StrictMath.log(Math.max(a[i], Float.MIN_NORMAL));
            }
        }
        return loss;
    }
}
