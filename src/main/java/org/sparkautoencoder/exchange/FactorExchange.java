package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.sparkautoencoder.exchange.Stopwatch.Phase;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.MinibatchShard;

/**
 * Factored encoding, executor side: sends the factors of the executor's own shards to all other executors and receives theirs.
 * Each worker writes a part of the request; the last one sends it.
 */
final class FactorExchange {
    private final ExecutorClient client;
    private final Layout layout;
    private final int[] ownShards;
    private final ByteBuffer request;
    private final PendingRequest pending;
    private final PendingRequest.Reader read = this::read;
    private final Runnable exchange = this::exchange;

    // Written by every worker before the barrier, or by the last one to reach it.
    private ParallelTasks tasks;
    private MinibatchShard[] minibatch;
    private Stopwatch stopwatch;
    private int status;

    FactorExchange(ExecutorClient client, ShardPlacement placement) {
        this.client = client;
        this.layout = new Layout(client.run().layers(), client.run().maxRows(), placement);
        this.ownShards = placement.of(client.rank().executor());
        this.request = WireFormat.allocate(
                Math.addExact(WireFormat.REQUEST, layout.bytes(client.rank().executor())));
        this.pending = new PendingRequest(client.run());
    }

    /** A view of the request, for one worker to write its part. */
    FloatBuffer view() {
        return request.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear().asFloatBuffer();
    }

    /** Waits for the factors of all shards; false if the training has ended. */
    boolean await(
            ParallelTasks tasks, int localRank, FloatBuffer view, MinibatchShard[] minibatch, Stopwatch stopwatch) {
        stopwatch.switchTo(Phase.WAIT);
        tasks.barrier().await(); // until all deltas are computed
        stopwatch.switchTo(Phase.COPY);
        for (int i = 0; i < ownShards.length; i++) {
            view.position((WireFormat.REQUEST + layout.factors(i)) / Float.BYTES);
            minibatch[ownShards[i]].putFactors(view, localRank, tasks.rank().localWorkers());
        }
        stopwatch.switchTo(Phase.WAIT);
        synchronized (this) {
            this.tasks = tasks;
            this.minibatch = minibatch;
            this.stopwatch = stopwatch;
        }
        tasks.barrier().await(exchange);
        stopwatch.switchTo(Phase.COMPUTE);
        return status != WireFormat.STOP;
    }

    private void exchange() {
        stopwatch.switchTo(Phase.WIRE);
        client.request(WireFormat.FACTORS, 0, tasks.isFinite(), client.nextNumber())
                .write(request);
        for (int i = 0; i < ownShards.length; i++) {
            request.putInt(WireFormat.REQUEST + layout.rows(i), minibatch[ownShards[i]].rows());
        }
        pending.send(client.transport(), request.clear(), read);
        status = pending.await();
        stopwatch.switchTo(Phase.WAIT);
        stopwatch.moveWireToWait(pending.waitNanos());
    }

    // The sections of the other executors, in ring order from the next one.
    private void read(ByteBuffer in) {
        int at = in.position();
        ShardPlacement placement = layout.placement();
        for (int i = 1; i < placement.executors(); i++) {
            int other = (client.rank().executor() + i) % placement.executors();
            int[] shards = placement.of(other);
            for (int j = 0; j < shards.length; j++) {
                MinibatchShard shard = minibatch[shards[j]];
                shard.rows(in.getInt(at + layout.rows(j)));
                shard.takeFactors(in.position(at + layout.factors(j)).asFloatBuffer());
            }
            at += layout.bytes(other) + WireFormat.RESPONSE;
        }
    }

    /**
     * Offsets in an executor's section of a step: for each of its shards the number of rows (int), then space for the factors of
     * the largest possible number of rows.
     */
    static final class Layout {
        private final ShardPlacement placement;
        private final int shardBytes;

        /** @param maxRows largest number of a shard's rows in a minibatch */
        Layout(Layers layers, int maxRows, ShardPlacement placement) {
            this.placement = placement;
            this.shardBytes = Math.toIntExact(4 + 4L * maxRows * MinibatchShard.factorsOfRow(layers));
        }

        ShardPlacement placement() {
            return placement;
        }

        /** The length of an executor's section in bytes. */
        int bytes(int executor) {
            return Math.multiplyExact(placement.of(executor).length, shardBytes);
        }

        /** The offset of the number of rows of the section's i-th shard. */
        int rows(int i) {
            return i * shardBytes;
        }

        /** The offset of the factors of the section's i-th shard. */
        int factors(int i) {
            return i * shardBytes + 4;
        }
    }
}
