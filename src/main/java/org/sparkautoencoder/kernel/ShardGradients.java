package org.sparkautoencoder.kernel;

import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree.Node;

/**
 * Gradients of blocks, summed over shards along the {@link SummationTree}. The arrays lie as the parameters do, so that the loops
 * over both have one index; several threads may use it at once, each for its own blocks.
 */
public final class ShardGradients {
    private final NeuronBlocks blocks;
    private final Node root;
    private final float[][] sums; // by depth of a node in the tree

    /** @param shards of the training, at least 1 */
    public ShardGradients(NeuronBlocks blocks, int shards) {
        this.blocks = blocks;
        this.root = new Node(0, shards);
        int depths = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(shards - 1);
        this.sums = new float[depths][blocks.layers().parameters()];
    }

    /**
     * Adds to a velocity: v = beta v + g, with g the sum over all shards.
     *
     * @param minibatch by shard
     */
    public void accumulate(Block block, MinibatchShard[] minibatch, float beta, float[] velocity) {
        if (root.to() == 1 && minibatch[0].accumulatesInPlace()) {
            minibatch[0].accumulate(block, beta, velocity, sums[0]);
        } else {
            blocks.accumulate(block, beta, velocity, sum(block, minibatch, root));
        }
    }

    /**
     * The sum over a node's shards.
     *
     * @return an array with the gradient at the offsets of the block's parameters; the next sum overwrites it
     */
    public float[] sum(Block block, MinibatchShard[] minibatch, Node node) {
        sum(block, minibatch, node.from(), node.to(), 0);
        return sums[0];
    }

    private void sum(Block block, MinibatchShard[] minibatch, int from, int to, int depth) {
        if (to - from == 1) {
            minibatch[from].gradient(block, sums[depth]);
            return;
        }
        int middle = SummationTree.middle(from, to);
        sum(block, minibatch, from, middle, depth);
        if (to - middle == 1 && minibatch[middle].accumulatesInPlace()) {
            minibatch[middle].accumulate(block, 1f, sums[depth], sums[depth + 1]);
        } else {
            sum(block, minibatch, middle, to, depth + 1);
            blocks.add(block, sums[depth + 1], sums[depth]);
        }
    }
}
