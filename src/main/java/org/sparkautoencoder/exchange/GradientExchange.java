package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.sparkautoencoder.exchange.Stopwatch.Phase;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree.Node;

/**
 * Dense encoding, executor side: sends partial sums of gradients to the driver and receives parameters, block by block. The
 * worker that owns a block sends it as soon as it is computed.
 */
final class GradientExchange {
    private final ExecutorClient client;
    private final List<Node> nodes;
    private final NeuronBlocks blocks;
    private final BlockRequest[] requests;

    GradientExchange(ExecutorClient client, ShardPlacement placement) {
        this.client = client;
        this.nodes = placement.nodes(client.rank().executor());
        this.blocks = client.run().blocks();
        this.requests = blocks.all().stream().map(BlockRequest::new).toArray(BlockRequest[]::new);
    }

    /** The nodes of the summation tree whose sums this executor sends for each block. */
    List<Node> nodes() {
        return nodes;
    }

    /**
     * Adds a block's gradient, summed over the shards of a node, to the block's request.
     *
     * @param node index into {@link #nodes}
     * @param sum laid out like the parameters
     */
    void put(Block block, int node, float[] sum) {
        BlockRequest request = requests[blocks.number(block)];
        int at = node * blocks.parameters(block);
        int weights = blocks.weightCount(block);
        request.values.put(at, sum, blocks.weights(block), weights);
        request.values.put(at + weights, sum, blocks.biases(block), block.neurons());
    }

    /**
     * Sends a block's request.
     *
     * @param finite whether the losses of the step are finite
     */
    void send(Block block, boolean finite) {
        requests[blocks.number(block)].send(finite);
    }

    /** Waits until the driver has updated these blocks; false if the training has ended. */
    boolean await(List<Block> ownBlocks, Stopwatch stopwatch) {
        stopwatch.switchTo(Phase.WIRE);
        long begin = System.nanoTime();
        long heldNanos = 0;
        boolean continues = true;
        for (int i = 0; i < ownBlocks.size(); i++) {
            BlockRequest request = requests[blocks.number(ownBlocks.get(i))];
            continues &= request.pending.await() != WireFormat.STOP;
            heldNanos = request.waitNanos;
        }
        long elapsed = System.nanoTime() - begin;
        stopwatch.switchTo(Phase.COMPUTE);
        stopwatch.moveWireToWait(Math.min(heldNanos, elapsed));
        return continues;
    }

    /** A block's request, used again in each step by the worker that owns the block. */
    private final class BlockRequest {
        private final int number;
        private final ByteBuffer message;
        private final FloatBuffer values;
        private final PendingRequest pending = new PendingRequest(client.run());
        private final PendingRequest.Reader read;
        private long waitNanos;
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

        // How long the driver held each executor's request, then the block's parameters.
        private void read(Block block, ByteBuffer in) {
            int executors = client.rank().executors();
            waitNanos = in.getLong(in.position() + 8 * client.rank().executor());
            in.position(in.position() + 8 * executors);
            in.asFloatBuffer()
                    .get(client.parameters(), blocks.weights(block), blocks.weightCount(block))
                    .get(client.parameters(), blocks.biases(block), block.neurons());
        }

        void send(boolean finite) {
            client.request(WireFormat.GRADIENT, number, finite, step++).write(message);
            pending.send(client.transport(), message.clear(), read);
        }
    }
}
