package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.sparkautoencoder.exchange.Stopwatch.Part;
import org.sparkautoencoder.kernel.MinibatchShard;

/**
 * Factored, in an executor: the factors of its own shards go to all others, and theirs come here. The workers of the executor
 * write a part each, and the last one to have done so asks.
 */
final class FactorExchange implements StepExchange {
    private final ExecutorClient executor;
    private final FactorLayout layout;
    private final int[] own;
    private final ByteBuffer request;
    private final PendingRequest pending;
    private final PendingRequest.Reader read = this::read;
    private final Runnable ask = this::ask;

    // Written by all workers alike before the barrier at which the last one asks, or by that one.
    private ParallelTasks tasks;
    private MinibatchShard[] minibatch;
    private Stopwatch stopwatch;
    private int status;

    FactorExchange(ExecutorClient executor, ShardPlacement placement) {
        this.executor = executor;
        this.layout = new FactorLayout(executor.run().layers(), executor.run().mostRows(), placement);
        this.own = placement.of(executor.place().executor());
        this.request = WireFormat.allocate(
                Math.addExact(WireFormat.REQUEST, layout.bytes(executor.place().executor())));
        this.pending = new PendingRequest(executor.run());
    }

    /** A view of the request through which a worker writes its part. */
    FloatBuffer view() {
        return request.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear().asFloatBuffer();
    }

    /** Waits for the factors of all shards; false when the training is over. */
    boolean await(ParallelTasks tasks, int rank, FloatBuffer view, MinibatchShard[] minibatch, Stopwatch stopwatch) {
        stopwatch.next(Part.WAIT);
        tasks.barrier().await(); // until all deltas are computed
        stopwatch.next(Part.COPY);
        for (int i = 0; i < own.length; i++) {
            view.position((WireFormat.REQUEST + layout.factors(i)) / Float.BYTES);
            minibatch[own[i]].putFactors(view, rank, tasks.place().tasks());
        }
        stopwatch.next(Part.WAIT);
        synchronized (this) {
            this.tasks = tasks;
            this.minibatch = minibatch;
            this.stopwatch = stopwatch;
        }
        tasks.barrier().await(ask);
        stopwatch.next(Part.COMPUTE);
        return status != WireFormat.STOP;
    }

    private void ask() {
        stopwatch.next(Part.WIRE);
        executor.request(WireFormat.FACTORS, 0, tasks.isFinite(), executor.nextNumber())
                .write(request);
        for (int i = 0; i < own.length; i++) {
            request.putInt(WireFormat.REQUEST + layout.rows(i), minibatch[own[i]].rows());
        }
        pending.send(executor.client(), request.clear(), read);
        status = pending.await();
        stopwatch.next(Part.WAIT);
        stopwatch.wireWasWait(pending.keptNanos());
    }

    // The sections of the other executors, from the next one around to the one before.
    private void read(ByteBuffer in) {
        int at = in.position();
        ShardPlacement placement = layout.placement();
        for (int i = 1; i < placement.executors(); i++) {
            int other = (executor.place().executor() + i) % placement.executors();
            int[] shards = placement.of(other);
            for (int j = 0; j < shards.length; j++) {
                MinibatchShard shard = minibatch[shards[j]];
                shard.rows(in.getInt(at + layout.rows(j)));
                shard.takeFactors(in.position(at + layout.factors(j)).asFloatBuffer());
            }
            at += layout.bytes(other) + WireFormat.RESPONSE;
        }
    }
}
