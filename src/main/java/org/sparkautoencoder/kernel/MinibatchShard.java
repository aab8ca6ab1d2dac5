package org.sparkautoencoder.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree.Addition;

/**
 * A shard's rows of a minibatch in the forward and the backward pass, one block of neurons at a time. The workers of a JVM
 * share it: each writes the values of its own blocks and, after a barrier, reads those of others. A step allocates nothing.
 *
 * <p>Formulas (m rows, a_0 the input, t the target; Rumelhart, Hinton, Williams, Nature 323, 1986):
 *
 * <pre>
 * z_l = a_{l-1} W_l^T + b_l      a_l = max(0, z_l)      delta_l = (delta_{l+1} W_{l+1}) [z_l > 0]
 * a_L = 1 / (1 + e^-z_L)      delta_L = 2 (a_L - t) a_L (1 - a_L)      with sigmoid outputs
 * a_L = z_L                   delta_L = 2 (a_L - t)                    with linear outputs
 * a_L = softmax(z_L)          delta_L = a_L - t                        with softmax and cross-entropy
 * gradient of W_l = delta_l^T a_{l-1}, of b_l = the sum of delta_l over the rows
 * </pre>
 */
public final class MinibatchShard {
    private final Layers layers;
    private final NeuronBlocks blocks;
    private final OutputLayer outputLayer;
    private final int capacity;
    private final float[][]
            byRow; // l = 0..L-1: rows x size(l), row by row: the input, and copies of hidden activations
    private final float[][] activations; // l = 1..L: size(l) x rows, neuron by neuron; so are the next two
    private final float[][] deltas;
    private final float[] target;
    private final float[][][] partials; // l = 2..L, by block of layer l: size(l - 1) x rows
    private final float[] ones;
    private int rows;

    /** @param capacity maximum rows of a minibatch */
    public MinibatchShard(NeuronBlocks blocks, OutputLayer outputLayer, int capacity) {
        this.layers = blocks.layers();
        this.blocks = blocks;
        this.outputLayer = outputLayer;
        this.capacity = capacity;
        int depth = layers.depth();
        this.byRow = new float[depth][];
        this.activations = new float[depth + 1][];
        this.deltas = new float[depth + 1][];
        this.target = new float[capacity * layers.outputs()];
        this.partials = new float[depth + 1][][];
        this.ones = ones(capacity);
        for (int l = 1; l <= depth; l++) {
            byRow[l - 1] = new float[capacity * layers.size(l - 1)];
            activations[l] = new float[capacity * layers.size(l)];
            deltas[l] = new float[capacity * layers.size(l)];
            if (l > 1) {
                partials[l] = new float[blocks.of(l).size()][capacity * layers.size(l - 1)];
            }
        }
    }

    /** A shard of another JVM, of which only the factors arrive here. */
    public static MinibatchShard ofFactors(NeuronBlocks blocks, int capacity) {
        return new MinibatchShard(blocks, capacity);
    }

    private MinibatchShard(NeuronBlocks blocks, int capacity) {
        this.layers = blocks.layers();
        this.blocks = blocks;
        this.outputLayer = null;
        this.capacity = capacity;
        int depth = layers.depth();
        this.byRow = new float[depth][];
        this.activations = null;
        this.deltas = new float[depth + 1][];
        this.target = null;
        this.partials = null;
        this.ones = ones(capacity);
        for (int l = 1; l <= depth; l++) {
            byRow[l - 1] = new float[capacity * layers.size(l - 1)];
            deltas[l] = new float[capacity * layers.size(l)];
        }
    }

    private static float[] ones(int n) {
        float[] ones = new float[n];
        Arrays.fill(ones, 1f);
        return ones;
    }

    private MinibatchShard(MinibatchShard other) {
        this.layers = other.layers;
        this.blocks = other.blocks;
        this.outputLayer = other.outputLayer;
        this.capacity = other.capacity;
        this.byRow = other.byRow.clone();
        this.activations = other.activations.clone();
        this.deltas = other.deltas;
        this.target = other.target;
        this.partials = other.partials;
        this.ones = other.ones;
        byRow[0] = byRow[0].clone();
        activations[1] = activations[1].clone();
        if (layers.depth() > 1) {
            byRow[1] = byRow[1].clone();
        }
    }

    /**
     * The same shard for every other minibatch: what a worker writes before the first barrier of the next step (the input and
     * layer 1) while others still read it is another array, all else is the same.
     */
    public MinibatchShard alternate() {
        return new MinibatchShard(this);
    }

    /** Sets the number of rows of the next minibatch, 0..capacity. Called by one worker, before a barrier. */
    public void rows(int rows) {
        if (rows < 0 || rows > capacity) {
            throw new IllegalArgumentException("a minibatch of 0.." + capacity + " rows a shard was to have " + rows);
        }
        this.rows = rows;
    }

    public int rows() {
        return rows;
    }

    /** Where the input goes before the step: rows x size(0), row by row. */
    public float[] input() {
        return byRow[0];
    }

    /** The output a_L: size(L) x rows, neuron by neuron. */
    public float[] output() {
        return activations[layers.depth()];
    }

    /** Computes a block's activations from all activations of the layer below. */
    public void forward(Block block, float[] parameters) {
        if (rows == 0) {
            return;
        }
        int l = block.layer();
        int k = layers.size(l - 1);
        int n = block.neurons();
        int weights = blocks.weights(block);
        int biases = blocks.biases(block);
        float[] z = activations[l];
        int offset = block.from() * rows;
        if (l == 1) {
            DenseLayer.forwardFromRows(rows, n, k, byRow[0], parameters, weights, biases, z, offset);
        } else {
            DenseLayer.forward(rows, n, k, activations[l - 1], parameters, weights, biases, z, offset);
        }
        if (l < layers.depth()) {
            Relu.apply(z, offset, n * rows);
            Transposition.of(z, layers.size(l), block.from(), block.to(), rows, byRow[l]);
        } else {
            outputLayer.apply(z, offset, n, rows);
        }
    }

    /**
     * Computes the deltas of a block of the output layer.
     *
     * @param source targets of any number of rows x size(L), row by row
     * @param sourceRows which row of the source is the target of each row
     * @param first index into {@code sourceRows} of the first row
     * @param scale what the deltas are multiplied by, and so all gradients
     * @return the loss, summed over the rows and the block's outputs
     */
    public float outputDeltas(Block block, float[] source, int[] sourceRows, int first, float scale) {
        if (rows == 0) {
            return 0f;
        }
        int offset = block.from() * rows;
        int n = block.neurons() * rows;
        Transposition.gather(source, layers.outputs(), block.from(), block.to(), sourceRows, first, rows, target);
        return outputLayer.delta(output(), target, deltas[layers.depth()], offset, n, scale);
    }

    /** Computes a block's part of the deltas of the layer below, which is not yet one of the input's. */
    public void backward(Block block, float[] parameters) {
        if (rows == 0) {
            return;
        }
        int l = block.layer();
        int k = layers.size(l - 1);
        DenseLayer.backward(
                rows,
                block.neurons(),
                k,
                deltas[l],
                block.from() * rows,
                parameters,
                blocks.weights(block),
                partials[l][block.index()]);
    }

    /**
     * Adds parts that {@link #backward} computed for blocks of layer l.
     *
     * @param from the first neuron of layer l - 1 for which they are added
     * @param to the one after the last
     */
    public void addPartials(int l, Addition[] additions, int from, int to) {
        for (Addition addition : additions) {
            Sums.add(partials[l][addition.from()], partials[l][addition.to()], from * rows, to * rows);
        }
    }

    /** Computes the deltas of a hidden block, once all parts of them are added. */
    public void hiddenDeltas(Block block) {
        int l = block.layer();
        Relu.delta(partials[l + 1][0], activations[l], deltas[l], block.from() * rows, block.neurons() * rows);
    }

    /** Stores a block's gradient, summed over the rows, at the offsets of its parameters. */
    void gradient(Block block, float[] out) {
        weightGradient(block, 0f, out);
        biasGradient(block, out);
    }

    /** Whether {@link #accumulate} has the bits of {@link #gradient}, scaling and adding done one after another. */
    boolean accumulatesInPlace() {
        return rows > 0 && Blas.accumulatesInPlace(rows);
    }

    /** sum = beta sum + the gradient of a block. */
    void accumulate(Block block, float beta, float[] sum, float[] scratch) {
        weightGradient(block, beta, sum);
        biasGradient(block, scratch); // sgemv adds the rows that four do not divide a second time
        blocks.accumulateBiases(block, beta, sum, scratch);
    }

    private void weightGradient(Block block, float beta, float[] out) {
        int l = block.layer();
        int at = blocks.weights(block);
        if (rows == 0) {
            Arrays.fill(out, at, at + blocks.weightCount(block), 0f);
            return;
        }
        int k = layers.size(l - 1);
        DenseLayer.weightGradient(
                rows, block.neurons(), k, deltas[l], block.from() * rows, byRow[l - 1], beta, out, at);
    }

    private void biasGradient(Block block, float[] out) {
        int at = blocks.biases(block);
        if (rows == 0) {
            Arrays.fill(out, at, at + block.neurons(), 0f);
            return;
        }
        DenseLayer.biasGradient(rows, block.neurons(), deltas[block.layer()], block.from() * rows, ones, out, at);
    }

    /** The number of values that are the factors of a row: its inputs, hidden activations and deltas. */
    public static int factorsOfRow(Layers layers) {
        int values = layers.inputs() + layers.outputs();
        for (int l = 1; l < layers.depth(); l++) {
            values += 2 * layers.size(l);
        }
        return values;
    }

    /**
     * Writes a worker's part of the factors, all that a gradient is made of: {@link #factorsOfRow} values for each row, from the
     * buffer's position on. All workers' parts together are all.
     */
    public void putFactors(FloatBuffer out, int worker, int workers) {
        int at = out.position();
        for (int l = 1; l <= layers.depth(); l++) {
            at = put(out, at, byRow[l - 1], rows * layers.size(l - 1), worker, workers);
            at = put(out, at, deltas[l], rows * layers.size(l), worker, workers);
        }
    }

    private static int put(FloatBuffer out, int at, float[] values, int n, int worker, int workers) {
        int from = (int) ((long) n * worker / workers);
        int to = (int) ((long) n * (worker + 1) / workers);
        out.put(at + from, values, from, to - from);
        return at + n;
    }

    /** Reads what another JVM's shard with as many rows has written, from the buffer's position on. */
    public void takeFactors(FloatBuffer in) {
        for (int l = 1; l <= layers.depth(); l++) {
            in.get(byRow[l - 1], 0, rows * layers.size(l - 1));
            in.get(deltas[l], 0, rows * layers.size(l));
        }
    }
}
