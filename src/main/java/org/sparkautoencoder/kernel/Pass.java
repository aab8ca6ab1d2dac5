package org.sparkautoencoder.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The arrays of one forward and backward pass over the rows that a shard has in a minibatch: hidden layers are ReLU,
 * the last is what the {@link Loss} asks for. One thread at a time; a pass allocates nothing.
 *
 * <p>Formulas (m rows, a_0 the input, t the target; Rumelhart, Hinton, Williams, Nature 323, 1986):
 *
 * <pre>
 * z_l = a_{l-1} W_l^T + b_l      a_l = max(0, z_l), a_L = 1 / (1 + e^-z_L)
 * delta_L = 2 (a_L - t) a_L (1 - a_L), or a_L - t with softmax and cross-entropy      delta_l = (delta_{l+1} W_{l+1}) [z_l > 0]
 * </pre>
 */
public final class Pass {
    // The input is rows x size(0), row by row, so that gathering it is one copy a row. Every other array is size(l) x
    // rows, neuron by neuron: the orientation in which OpenBLAS multiplies a few rows by a large matrix fastest, and in
    // which W_l needs no second, transposed copy but for the one product of the backward pass.
    private final Layers layers;
    private final Loss loss;
    private final int capacity;
    private final float[][] byRow; // the input, and of each hidden layer a transposed copy: rows x size(l)
    private final float[] target;
    private final float[][] activations;
    private final float[][] deltas;
    private final float[] ones;
    private int rows;

    /** A pass with sigmoid outputs and the squared error. */
    public Pass(Layers layers, int capacity) {
        this(layers, Loss.SQUARED, capacity);
    }

    /** @param capacity the most rows of a pass */
    public Pass(Layers layers, Loss loss, int capacity) {
        this.layers = layers;
        this.loss = loss;
        this.capacity = capacity;
        this.byRow = new float[layers.depth()][];
        this.target = new float[capacity * layers.outputs()];
        this.activations = new float[layers.depth() + 1][];
        this.deltas = new float[layers.depth() + 1][];
        this.ones = new float[capacity];
        Arrays.fill(ones, 1f);
        for (int l = 0; l < layers.depth(); l++) {
            byRow[l] = new float[capacity * layers.size(l)];
        }
        for (int l = 1; l <= layers.depth(); l++) {
            activations[l] = new float[capacity * layers.size(l)];
            deltas[l] = new float[capacity * layers.size(l)];
        }
    }

    /** Says how many rows the next pass has, 0..capacity. */
    public void rows(int rows) {
        if (rows < 0 || rows > capacity) {
            throw new IllegalArgumentException("a pass over 0.." + capacity + " rows was asked for " + rows);
        }
        this.rows = rows;
    }

    public int rows() {
        return rows;
    }

    public int capacity() {
        return capacity;
    }

    /** Where the input goes before the pass: rows x size(0), row by row. */
    public float[] input() {
        return byRow[0];
    }

    /**
     * Sets the targets from rows of {@code source}.
     *
     * @param source any number of rows x size(depth), row by row
     * @param sourceRows which row of the source is the target of each row of the pass
     * @param first index into {@code sourceRows} of the first row of the pass
     */
    public void targets(float[] source, int[] sourceRows, int first) {
        Transposition.gather(source, layers.outputs(), sourceRows, first, rows, target);
    }

    /** The output a_L: size(L) x rows, neuron by neuron. */
    public float[] output() {
        return activations[layers.depth()];
    }

    /** Computes all activations from the input. */
    public void forward(float[] parameters) {
        hidden(parameters);
        if (rows == 0) {
            return;
        }
        int depth = layers.depth();
        float[] z = activations[depth];
        sums(depth, parameters, z);
        if (loss == Loss.SQUARED) {
            Sigmoid.apply(z, rows * layers.outputs());
        } else {
            Softmax.apply(z, layers.outputs(), rows);
        }
    }

    /** Computes the activations of the hidden layers from the input; those of the last: size(L - 1) x rows. */
    public float[] hidden(float[] parameters) {
        if (rows > 0) {
            for (int l = 1; l < layers.depth(); l++) {
                sums(l, parameters, activations[l]);
                Relu.apply(activations[l], rows * layers.size(l));
            }
        }
        return activations[layers.depth() - 1];
    }

    // z_l = 1 b_l^T + a_{l-1} W_l^T
    private void sums(int l, float[] parameters, float[] z) {
        int n = layers.size(l);
        int k = layers.size(l - 1);
        int weights = layers.weights(l);
        Blas.sgemm("N", "N", rows, n, 1, ones, 0, rows, parameters, layers.biases(l), 1, 0f, z, 0, rows);
        if (l == 1) {
            Blas.sgemm("T", "N", rows, n, k, byRow[0], 0, k, parameters, weights, k, 1f, z, 0, rows);
        } else {
            Blas.sgemm("N", "N", rows, n, k, activations[l - 1], 0, rows, parameters, weights, k, 1f, z, 0, rows);
        }
    }

    /**
     * Computes all deltas from the activations and the targets, which may be lost on the way.
     *
     * @param share what the deltas are multiplied by, and so all gradients
     * @return the loss, summed over rows and outputs
     */
    public float backward(float[] parameters, float share) {
        if (rows == 0) {
            return 0f;
        }
        int depth = layers.depth();
        float sum = outputDeltas(share);
        for (int l = depth; l > 1; l--) {
            int n = layers.size(l - 1);
            int k = layers.size(l);
            Blas.sgemm(
                    "N",
                    "T",
                    rows,
                    n,
                    k,
                    deltas[l],
                    0,
                    rows,
                    parameters,
                    layers.weights(l),
                    n,
                    0f,
                    deltas[l - 1],
                    0,
                    rows);
            Relu.gate(activations[l - 1], deltas[l - 1], n * rows);
            Transposition.of(activations[l - 1], n, rows, byRow[l - 1]);
        }
        return sum;
    }

    private float outputDeltas(float share) {
        int outputs = rows * layers.outputs();
        float[] a = activations[layers.depth()];
        float[] delta = deltas[layers.depth()];
        if (loss == Loss.CROSS_ENTROPY) {
            return (float) Softmax.delta(a, target, delta, outputs, share);
        }
        SquaredError.delta(a, target, delta, outputs, share);
        return Blas.sumOfSquares(outputs, target);
    }

    /**
     * Adds this pass's gradient of neurons [from, to) of layer l, summed over its rows, to {@code sum}, which lies as the
     * parameters do: delta_l^T a_{l-1}, and likewise the sums of delta_l. Each value is rounded on its own and then added,
     * with every BLAS, so that a gradient may as well be stored in one place and added in another.
     *
     * @param scratch at least {@link #scratch} values for these neurons; overwritten
     */
    public void addGradient(int l, int from, int to, float[] sum, float[] scratch) {
        if (rows == 0) {
            return;
        }
        int n = to - from;
        int k = layers.size(l - 1);
        int weights = layers.weights(l) + from * k;
        if (Blas.addsWholeProducts(rows)) {
            product(l, from, n, 1f, sum, weights);
        } else {
            product(l, from, n, 0f, scratch, 0);
            add(scratch, sum, weights, n * k);
        }
        // sgemv adds the rows that four do not divide a second time.
        Blas.sgemvTransposed(rows, n, deltas[l], from * rows, ones, 0f, scratch, 0);
        add(scratch, sum, layers.biases(l) + from, n);
    }

    /** Stores the gradient that {@link #addGradient} adds. */
    public void storeGradient(int l, int from, int to, float[] gradient) {
        int n = to - from;
        int weights = layers.weights(l) + from * layers.size(l - 1);
        if (rows == 0) {
            Arrays.fill(gradient, weights, weights + n * layers.size(l - 1), 0f);
            Arrays.fill(gradient, layers.biases(l) + from, layers.biases(l) + to, 0f);
            return;
        }
        product(l, from, n, 0f, gradient, weights);
        Blas.sgemvTransposed(rows, n, deltas[l], from * rows, ones, 0f, gradient, layers.biases(l) + from);
    }

    /** How many values the factors of a row are: its inputs, hidden activations and deltas. */
    public static int factorsOfRow(Layers layers) {
        int values = layers.inputs() + layers.outputs();
        for (int l = 1; l < layers.depth(); l++) {
            values += 2 * layers.size(l);
        }
        return values;
    }

    /** Writes the factors, all that {@link #addGradient} reads: {@link #factorsOfRow} values for each of its rows. */
    public void putFactors(FloatBuffer out) {
        for (int l = 1; l <= layers.depth(); l++) {
            out.put(byRow[l - 1], 0, rows * layers.size(l - 1));
            out.put(deltas[l], 0, rows * layers.size(l));
        }
    }

    /** Reads what another pass over as many rows has written; what else there was is lost. */
    public void takeFactors(FloatBuffer in) {
        for (int l = 1; l <= layers.depth(); l++) {
            in.get(byRow[l - 1], 0, rows * layers.size(l - 1));
            in.get(deltas[l], 0, rows * layers.size(l));
        }
    }

    /** How long the scratch for n neurons of layer l has to be. */
    public static int scratch(Layers layers, int l, int n) {
        return n * layers.size(l - 1);
    }

    private void product(int l, int from, int n, float beta, float[] out, int offset) {
        int k = layers.size(l - 1);
        Blas.sgemm("N", "N", k, n, rows, byRow[l - 1], 0, k, deltas[l], from * rows, rows, beta, out, offset, k);
    }

    private static void add(float[] values, float[] sum, int offset, int n) {
        for (int i = 0; i < n; i++) {
            sum[offset + i] += values[i];
        }
    }
}
