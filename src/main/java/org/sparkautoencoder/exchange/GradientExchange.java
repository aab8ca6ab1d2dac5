package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.sparkautoencoder.exchange.Stopwatch.Part;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree.Node;

/**
 * Dense, in an executor: sums of gradients go to the driver and parameters come back, block by block, each by the worker that
 * owns the block and as soon as it is computed.
 */
final class GradientExchange implements StepExchange {
    private final ExecutorClient executor;
    private final List<Node> nodes;
    private final NeuronBlocks blocks;
    private final BlockRequest[] requests;

    GradientExchange(ExecutorClient executor, ShardPlacement placement) {
        this.executor = executor;
        this.nodes = placement.nodes(executor.place().executor());
        this.blocks = executor.run().blocks();
        this.requests = blocks.all().stream().map(BlockRequest::new).toArray(BlockRequest[]::new);
    }

    /** The sums over shards that this executor sends of each block. */
    List<Node> nodes() {
        return nodes;
    }

    /**
     * Says what the gradient of a block is, summed over the shards of a node.
     *
     * @param node which of {@link #nodes}
     * @param sum lies as the parameters do
     */
    void put(Block block, int node, float[] sum) {
        BlockRequest request = requests[blocks.number(block)];
        int at = node * blocks.parameters(block);
        int weights = blocks.weightCount(block);
        request.values.put(at, sum, blocks.weights(block), weights);
        request.values.put(at + weights, sum, blocks.biases(block), block.neurons());
    }

    /**
     * Sends what was said of a block.
     *
     * @param finite whether the losses of the step are
     */
    void send(Block block, boolean finite) {
        requests[blocks.number(block)].send(finite);
    }

    /** Waits until the driver has updated these blocks; false when the training is over. */
    boolean await(List<Block> own, Stopwatch stopwatch) {
        stopwatch.next(Part.WIRE);
        long begin = System.nanoTime();
        long kept = 0;
        boolean goesOn = true;
        for (int i = 0; i < own.size(); i++) {
            BlockRequest request = requests[blocks.number(own.get(i))];
            goesOn &= request.pending.await() != WireFormat.STOP;
            kept = request.keptNanos;
        }
        long waited = System.nanoTime() - begin;
        stopwatch.next(Part.COMPUTE);
        stopwatch.wireWasWait(Math.min(kept, waited));
        return goesOn;
    }

    /** A block's request of a step; used by the worker that owns the block. */
    private final class BlockRequest {
        private final int number;
        private final ByteBuffer message;
        private final FloatBuffer values;
        private final PendingRequest pending = new PendingRequest(executor.run());
        private final PendingRequest.Reader read;
        private long keptNanos;
        private long step;

        BlockRequest(Block block) {
            this.number = blocks.number(block);
            int n = blocks.parameters(block);
            this.message =
                    WireFormat.allocate(Math.addExact(WireFormat.REQUEST, Math.multiplyExact(4 * n, nodes.size())));
            this.values = message.slice(WireFormat.REQUEST, message.capacity() - WireFormat.REQUEST)
                    .order(message.order())
                    .asFloatBuffer();
            this.read = in -> read(block, in);
        }

        // The times that the driver kept the requests of all executors, then the block's parameters.
        private void read(Block block, ByteBuffer in) {
            int executors = executor.place().executors();
            keptNanos = in.getLong(in.position() + 8 * executor.place().executor());
            in.position(in.position() + 8 * executors);
            in.asFloatBuffer()
                    .get(executor.parameters(), blocks.weights(block), blocks.weightCount(block))
                    .get(executor.parameters(), blocks.biases(block), block.neurons());
        }

        void send(boolean finite) {
            executor.request(WireFormat.GRADIENT, number, finite, step++).write(message);
            pending.send(executor.client(), message.clear(), read);
        }
    }
}
