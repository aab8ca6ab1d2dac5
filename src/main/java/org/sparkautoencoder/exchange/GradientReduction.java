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

    // What waits for its response, null if nothing does, and since when; guarded by the lock.
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
        this.gradients = new float[sums.size()][coordinator.layers().parameters()];
        this.responses = new ByteBuffer[blocks.total()];
        this.requests = new RpcResponseCallback[blocks.total()][first.length];
        this.arrived = new long[blocks.total()][first.length];
        this.arrivals = new int[blocks.total()];
        for (Block block : all) {
            int n = blocks.parameters(block);
            responses[blocks.number(block)] = WireFormat.allocate(Math.addExact(values(), Math.multiplyExact(4, n)));
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

    /**
     * Keeps an executor's request until those of all executors are there.
     *
     * @return whether they are
     */
    synchronized boolean arrive(int executor, int block, RpcResponseCallback request) {
        requests[block][executor] = request;
        arrived[block][executor] = System.nanoTime();
        return ++arrivals[block] == first.length;
    }

    /** Which executors a block has lacked since a moment, while others wait; null if none. */
    synchronized IntPredicate missingSince(long nanoTime) {
        for (int block = 0; block < arrivals.length; block++) {
            for (int executor = 0; executor < first.length; executor++) {
                if (requests[block][executor] != null
                        && arrived[block][executor] - nanoTime < 0
                        && arrivals[block] < first.length) {
                    RpcResponseCallback[] ofBlock = requests[block];
                    return one -> ofBlock[one] == null;
                }
            }
        }
        return null;
    }

    /** Updates a block of which all sums are there, and responds. By one thread; others may update other blocks. */
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
                .slice(values(), responses[number].capacity() - values())
                .order(responses[number].order())
                .asFloatBuffer();
        out.put(parameters, blocks.weights(block), blocks.weightCount(block))
                .put(parameters, blocks.biases(block), block.neurons());
        respond(number);
    }

    // Where a response's values begin: behind the times that the driver kept the executors' requests, in nanoseconds.
    private int values() {
        return WireFormat.RESPONSE + 8 * first.length;
    }

    private synchronized void respond(int block) {
        arrivals[block] = 0;
        long now = System.nanoTime();
        // The same bytes go to all, so each finds in them how long it waited.
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

    /** Responds to all that wait, when the training or the attempt is over. */
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
