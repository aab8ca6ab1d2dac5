package org.sparkautoencoder.kernel;

import java.util.Arrays;

/**
 * The products of a dense layer for some of its neurons. W is n x k, row by row, b has n values, and both lie in the network's
 * parameters; everything of the neurons lies neuron by neuron, n x rows: the orientation in which OpenBLAS multiplies a few
 * rows by a large matrix fastest.
 */
final class DenseLayer {
    private DenseLayer() {}

    /** z = a W^T + b with a as rows x k, row by row. */
    static void forwardFromRows(
            int rows, int n, int k, float[] a, float[] parameters, int weights, int biases, float[] z, int offset) {
        fill(rows, n, parameters, biases, z, offset);
        Blas.sgemm("T", "N", rows, n, k, a, 0, k, parameters, weights, k, 1f, z, offset, rows);
    }

    /** z = a W^T + b with a as k x rows, neuron by neuron. */
    static void forward(
            int rows, int n, int k, float[] a, float[] parameters, int weights, int biases, float[] z, int offset) {
        fill(rows, n, parameters, biases, z, offset);
        Blas.sgemm("N", "N", rows, n, k, a, 0, rows, parameters, weights, k, 1f, z, offset, rows);
    }

    private static void fill(int rows, int n, float[] parameters, int biases, float[] z, int offset) {
        for (int j = 0; j < n; j++) {
            Arrays.fill(z, offset + j * rows, offset + (j + 1) * rows, parameters[biases + j]);
        }
    }

    /** out = delta W, k x rows: these neurons' part of the deltas of the layer below. */
    static void backward(
            int rows, int n, int k, float[] delta, int offset, float[] parameters, int weights, float[] out) {
        Blas.sgemm("N", "T", rows, k, n, delta, offset, rows, parameters, weights, k, 0f, out, 0, rows);
    }

    /**
     * out = delta^T a (n x k, row by row) + beta out, with a as rows x k, row by row. With beta = 1 each value of the product is
     * rounded before it is added only if {@link Blas#accumulatesInPlace}.
     */
    static void weightGradient(
            int rows, int n, int k, float[] delta, int offset, float[] a, float beta, float[] out, int at) {
        Blas.sgemm("N", "N", k, n, rows, a, 0, k, delta, offset, rows, beta, out, at, k);
    }

    /** out = the sums of delta over the rows, n values. */
    static void biasGradient(int rows, int n, float[] delta, int offset, float[] ones, float[] out, int at) {
        Blas.sgemvTransposed(rows, n, delta, offset, ones, 0f, out, at);
    }
}
