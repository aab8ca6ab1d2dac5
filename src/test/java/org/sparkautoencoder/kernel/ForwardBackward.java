package org.sparkautoencoder.kernel;

import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree.Addition;
import org.sparkautoencoder.kernel.SummationTree.Node;

/** A shard's way through the network and back, as one worker that owns all blocks makes it. */
public final class ForwardBackward {
    private ForwardBackward() {}

    /**
     * Computes all deltas.
     *
     * @param targets any number of rows, row by row
     * @param first the row of the targets that is the first of the shard's
     * @return the loss, summed over rows and outputs
     */
    public static double run(
            MinibatchShard shard, NeuronBlocks blocks, float[] parameters, float[] targets, int first, float scale) {
        int depth = blocks.layers().depth();
        for (int l = 1; l <= depth; l++) {
            for (Block block : blocks.of(l)) {
                shard.forward(block, parameters);
            }
        }
        int[] rows = Wave.count(targets.length / blocks.layers().outputs());
        double loss = 0;
        for (Block block : blocks.of(depth)) {
            loss += shard.outputDeltas(block, targets, rows, first, scale);
        }
        for (int l = depth; l > 1; l--) {
            for (Block block : blocks.of(l)) {
                shard.backward(block, parameters);
            }
            Addition[] additions =
                    SummationTree.within(new Node(0, blocks.of(l).size())).toArray(Addition[]::new);
            for (Block block : blocks.of(l - 1)) {
                shard.addPartials(l, additions, block.from(), block.to());
                shard.hiddenDeltas(block);
            }
        }
        return loss;
    }
}
