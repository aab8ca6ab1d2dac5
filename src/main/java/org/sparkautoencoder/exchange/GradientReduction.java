package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.spark.network.client.RpcResponseCallback;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree;
import org.sparkautoencoder.kernel.SummationTree.Addition;
import org.sparkautoencoder.kernel.SummationTree.Node;

/**
 * Dense encoding, driver side: adds the executors' partial sums of a block's gradient along the summation tree and updates the
 * block. Several threads may update different blocks. Memory: one gradient for each partial sum of an executor.
 */
final class GradientReduction {
    private final Coordinator coordinator;
    private final NeuronBlocks blocks;
    private final List<Block> all;
    private final List<List<Node>> nodes = new ArrayList<>(); // by executor
    private final int[] first; // by executor: index of its first partial sum
    private final int[] sumOf; // by shard: index of the partial sum that begins there, or -1
    private final List<Addition> additions;
    private final float[][] gradients; // by partial sum, laid out like the parameters
    private final ByteBuffer[] responses; // by block

    // Requests without a response yet, and their times of arrival; guarded by the lock.
    private final RpcResponseCallback[][] requests; // by block, by executor
    private final long[][] arrived; // likewise
    private final int[] arrivals; // by block

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
        this.gradients = new float[sums.size()][coordinator.blocks().layers().parameters()];
        this.responses = new ByteBuffer[blocks.total()];
        this.requests = new RpcResponseCallback[blocks.total()][first.length];
        this.arrived = new long[blocks.total()][first.length];
        this.arrivals = new int[blocks.total()];
        for (Block block : all) {
            int n = blocks.parameters(block);
            responses[blocks.number(block)] =
                    WireFormat.allocate(Math.addExact(valuesOffset(), Math.multiplyExact(4, n)));
        }
    }

    /**
     * Stores an executor's partial sums of a block's gradient. On the channel's thread.
     *
     * @throws IllegalArgumentException if they are malformed
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

    /**
     * Holds an executor's request until those of all executors have arrived.
     *
     * @return whether they have
     */
    synchronized boolean arrive(int executor, int block, RpcResponseCallback request) {
        requests[block][executor] = request;
        arrived[block][executor] = System.nanoTime();
        return ++arrivals[block] == first.length;
    }

    /** The executors that are missing at a block for which another has waited since before {@code nanoTime}; null if none. */
    synchronized IntPredicate missingSince(long nanoTime) {
        for (int block = 0; block < arrivals.length; block++) {
            for (int executor = 0; executor < first.length; executor++) {
                if (requests[block][executor] != null
                        && arrived[block][executor] - nanoTime < 0
                        && arrivals[block] < first.length) {
                    RpcResponseCallback[] ofBlock = requests[block];
                    return other -> ofBlock[other] == null;
                }
            }
        }
        return null;
    }

    /** Updates a block whose partial sums have all arrived, and responds. */
    void update(int number) {
        Block block = all.get(number);
        for (Addition addition : additions) {
            blocks.add(block, gradients[sumOf[addition.from()]], gradients[sumOf[addition.to()]]);
        }
        float[] parameters = coordinator.state().parameters();
        float[] velocity = coordinator.state().velocity();
        Momentum momentum = coordinator.momentum();
        blocks.accumulate(block, momentum.beta(), velocity, gradients[sumOf[0]]);
        momentum.move(blocks, block, parameters, velocity);
        FloatBuffer out = responses[number]
                .slice(valuesOffset(), responses[number].capacity() - valuesOffset())
                .order(responses[number].order())
                .asFloatBuffer();
        out.put(parameters, blocks.weights(block), blocks.weightCount(block))
                .put(parameters, blocks.biases(block), block.neurons());
        respond(number);
    }

    // A response's values follow the nanoseconds that the driver held each executor's request.
    private int valuesOffset() {
        return WireFormat.RESPONSE + 8 * first.length;
    }

    private synchronized void respond(int block) {
        arrivals[block] = 0;
        long now = System.nanoTime();
        // All executors get the same bytes, so these have the times of all.
        WireFormat.response(responses[block], 0, WireFormat.CONTINUE, 0, 0);
        for (int executor = 0; executor < first.length; executor++) {
            responses[block].putLong(WireFormat.RESPONSE + 8 * executor, now - arrived[block][executor]);
        }
        for (int executor = 0; executor < first.length; executor++) {
            RpcResponseCallback request = requests[block][executor];
            requests[block][executor] = null;
            if (request != null) {
                request.onSuccess(responses[block].duplicate().clear());
            }
        }
    }

    /** Responds to all held requests when the training or the attempt has ended. */
    synchronized void respondToAll(int status, String text) {
        for (RpcResponseCallback[] ofBlock : requests) {
            for (int executor = 0; executor < ofBlock.length; executor++) {
                if (ofBlock[executor] != null) {
                    ofBlock[executor].onSuccess(WireFormat.response(status, 0, text));
                    ofBlock[executor] = null;
                }
            }
        }
    }
}
