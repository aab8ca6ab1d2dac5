package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree;
import org.sparkautoencoder.kernel.SummationTree.Addition;
import org.sparkautoencoder.kernel.SummationTree.Node;

/**
 * Dense, in the driver: adds the executors' sums of a block's gradient along the tree and makes the update, block by block and
 * several blocks at a time. Holds one gradient for each sum that an executor sends.
 */
final class GradientReduction {
    private final Coordinator coordinator;
    private final NeuronBlocks blocks;
    private final List<Block> all;
    private final List<List<Node>> nodes = new ArrayList<>(); // by executor
    private final int[] first; // by executor: which of the sums is its first
    private final int[] sumOf; // by shard: which of the sums begins there, -1 for none
    private final List<Addition> additions;
    private final float[][] gradients; // by sum, each as the parameters lie
    private final ByteBuffer[] responses; // by block

    GradientReduction(Coordinator coordinator, ShardPlacement placement) {
        this.coordinator = coordinator;
        this.blocks = coordinator.blocks();
        this.all = blocks.all();
        this.first = new int[placement.executors()];
        this.sumOf = new int[coordinator.shards()];
        Arrays.fill(sumOf, -1);
        List<Node> sums = new ArrayList<>();
        for (int executor = 0; executor < first.length; executor++) {
            first[executor] = sums.size();
            nodes.add(placement.nodes(executor));
            for (Node node : nodes.get(executor)) {
                sumOf[node.from()] = sums.size();
                sums.add(node);
            }
        }
        this.additions = SummationTree.above(sums, coordinator.shards());
        this.gradients = new float[sums.size()][coordinator.layers().parameters()];
        this.responses = new ByteBuffer[blocks.total()];
        for (Block block : all) {
            int n = blocks.parameters(block);
            responses[blocks.number(block)] =
                    WireFormat.allocate(Math.addExact(WireFormat.RESPONSE, Math.multiplyExact(4, n)));
        }
    }

    /**
     * Takes an executor's sums of a block's gradient. On its channel's thread.
     *
     * @throws IllegalArgumentException if they are none
     */
    void put(int executor, int number, ByteBuffer sums) {
        Block block = all.get(number);
        int sent = nodes.get(executor).size();
        if (sums.remaining() != 4L * blocks.parameters(block) * sent) {
            throw new IllegalArgumentException("a gradient of " + sums.remaining() + " bytes");
        }
        FloatBuffer values = sums.asFloatBuffer();
        for (int i = 0; i < sent; i++) {
            values.get(gradients[first[executor] + i], blocks.weights(block), blocks.weightCount(block));
            values.get(gradients[first[executor] + i], blocks.biases(block), block.neurons());
        }
    }

    /** Updates a block of which all sums are there. By one thread; others may update other blocks. */
    void update(int number) {
        Block block = all.get(number);
        for (Addition addition : additions) {
            blocks.add(block, gradients[sumOf[addition.from()]], gradients[sumOf[addition.to()]]);
        }
        float[] parameters = coordinator.liveParameters();
        float[] velocity = coordinator.liveVelocity();
        Momentum momentum = coordinator.momentum();
        blocks.accumulate(block, momentum.beta(), velocity, gradients[sumOf[0]]);
        momentum.move(blocks, block, parameters, velocity);
        FloatBuffer out = responses[number]
                .slice(WireFormat.RESPONSE, responses[number].capacity() - WireFormat.RESPONSE)
                .order(responses[number].order())
                .asFloatBuffer();
        out.put(parameters, blocks.weights(block), blocks.weightCount(block))
                .put(parameters, blocks.biases(block), block.neurons());
    }

    /** The response to all executors, once a block is updated. */
    ByteBuffer response(int block, long keptNanos) {
        ByteBuffer response = responses[block];
        WireFormat.response(response, 0, WireFormat.CONTINUE, keptNanos, 0);
        return response.duplicate().clear();
    }
}
