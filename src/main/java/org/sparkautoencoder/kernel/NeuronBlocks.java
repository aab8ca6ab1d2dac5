package org.sparkautoencoder.kernel;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks of neurons of each layer, which are divided among the workers of a JVM. They follow from the layers and the shards alone,
 * so every product has the same shape, and the same bits, for any number of workers.
 */
public final class NeuronBlocks implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Some neurons of a layer.
     *
     * @param layer 1..depth
     * @param index which block of its layer this is, from 0
     * @param from the first neuron
     * @param to the one after the last
     */
    public record Block(int layer, int index, int from, int to) implements Serializable {
        public int neurons() {
            return to - from;
        }
    }

    // A block has at least a million multiplications a shard, some 20 microseconds: a barrier costs one or two. Where
    // BLAS packs its operands it packs the rows anew for each block, which costs too much below 48 neurons. A power
    // of two, so that two, four and eight workers have equal work. BLAS computes four neurons at a time.
    private static final long MULTIPLICATIONS = 1 << 20;
    private static final int MAX_BLOCKS = 16;
    private static final int MIN_NEURONS = 48;
    private static final int NEURONS_AT_ONCE = 4;

    private final Layers layers;
    private final ArrayList<List<Block>> blocks = new ArrayList<>();
    private final int total;

    /** @param rows maximum rows of a shard in a minibatch */
    public NeuronBlocks(Layers layers, OutputLayer outputLayer, int rows) {
        this.layers = layers;
        int sum = 0;
        for (int l = 1; l <= layers.depth(); l++) {
            boolean whole = l == layers.depth() && outputLayer.needsWholeLayer();
            List<Block> ofLayer = cut(l, layers.size(l), whole ? 1 : count(l, rows));
            blocks.add(ofLayer);
            sum += ofLayer.size();
        }
        this.total = sum;
    }

    private int count(int l, int rows) {
        long multiplications = (long) layers.size(l) * layers.size(l - 1) * rows;
        long maxPerLayer =
                Math.min(MAX_BLOCKS, Math.min(multiplications / MULTIPLICATIONS, layers.size(l) / MIN_NEURONS));
        return (int) Math.max(1, Long.highestOneBit(maxPerLayer));
    }

    private static List<Block> cut(int layer, int neurons, int count) {
        long units = ((long) neurons + NEURONS_AT_ONCE - 1) / NEURONS_AT_ONCE;
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = (int) (units * i / count) * NEURONS_AT_ONCE;
            int to = (int) (units * (i + 1) / count) * NEURONS_AT_ONCE;
            blocks.add(new Block(layer, i, from, Math.min(to, neurons)));
        }
        return blocks;
    }

    /** The blocks of layer {@code l}, 1..depth. */
    public List<Block> of(int l) {
        return blocks.get(l - 1);
    }

    /** The consecutive blocks of layer {@code l} that belong to a worker; the workers' numbers of blocks differ by at most one. */
    public List<Block> of(int l, int worker, int workers) {
        List<Block> all = of(l);
        return all.subList(all.size() * worker / workers, all.size() * (worker + 1) / workers);
    }

    /** The number of blocks of all layers. */
    public int total() {
        return total;
    }

    /** The number of blocks of the layer that has most: more workers than that would be idle. */
    public int maxPerLayer() {
        return blocks.stream().mapToInt(List::size).max().orElseThrow();
    }

    /** The number of a block among those of all layers, 0..total-1. */
    public int number(Block block) {
        int number = block.index;
        for (int l = 1; l < block.layer; l++) {
            number += of(l).size();
        }
        return number;
    }

    /** All blocks by {@link #number}. */
    public List<Block> all() {
        return blocks.stream().flatMap(List::stream).toList();
    }

    public Layers layers() {
        return layers;
    }

    /** Offset of a block's weights in the parameters. */
    public int weights(Block block) {
        return layers.weights(block.layer) + block.from * layers.size(block.layer - 1);
    }

    public int weightCount(Block block) {
        return block.neurons() * layers.size(block.layer - 1);
    }

    /** Offset of a block's biases, of which there is one a neuron. */
    public int biases(Block block) {
        return layers.biases(block.layer) + block.from;
    }

    /** Adds values of a block to others; both arrays lie as the parameters do. */
    public void add(Block block, float[] values, float[] sum) {
        accumulate(block, 1f, sum, values);
    }

    /** sum = beta sum + values, for a block of arrays that lie as the parameters do. */
    public void accumulate(Block block, float beta, float[] sum, float[] values) {
        Sums.accumulate(beta, sum, values, weights(block), weights(block) + weightCount(block));
        accumulateBiases(block, beta, sum, values);
    }

    void accumulateBiases(Block block, float beta, float[] sum, float[] values) {
        Sums.accumulate(beta, sum, values, biases(block), biases(block) + block.neurons());
    }

    /** The number of a block's weights and biases. */
    public int parameters(Block block) {
        return block.neurons() * (layers.size(block.layer - 1) + 1);
    }
}
