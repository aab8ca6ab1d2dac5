package org.sparkautoencoder.exchange;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntPredicate;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.WireFormat.Request;

/**
 * The driver's side of one attempt at a run's stage: keeps the executors' requests until all have come, and then responds to them,
 * which is the barrier. Requests come on the channels' threads; what is not guarded by the lock belongs to the run's thread.
 */
final class StageAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(StageAttempt.class);

    private final RemoteRun run;
    private final Coordinator coordinator;
    private final int number;
    private final EpochProgress progress;
    private final ExecutorConnection[] executors;
    private final int workers;
    private final long begun = System.nanoTime();
    private volatile FactorRelay relay;
    private volatile GradientReduction reduction;
    private volatile boolean complete;

    // Guarded by the lock.
    private int joined;
    private int arrived;
    private int kind;
    private long firstArrival;
    private String failure;
    private boolean over;

    StageAttempt(RemoteRun run, int number, int executors, int workers) {
        this.run = run;
        this.coordinator = run.coordinator();
        this.number = number;
        this.progress = new EpochProgress(coordinator, number, workers);
        this.executors = new ExecutorConnection[executors];
        this.workers = workers;
    }

    int number() {
        return number;
    }

    /** Takes an executor in; with the last one all begin. On the run's thread. */
    void join(TransportClient client, JoinRequest request, RpcResponseCallback callback) {
        String wrong = null;
        if (request.attempt() < number) {
            wrong = "attempt " + request.attempt() + " is over, " + number + " runs";
        } else if (request.executors() != executors.length
                || request.executor() < 0
                || request.executor() >= executors.length
                || executors[request.executor()] != null) {
            wrong = "executor " + request.executor() + " of " + request.executors() + " does not belong to attempt "
                    + number;
        }
        synchronized (this) {
            wrong = wrong == null ? failure : wrong;
            if (wrong != null) {
                callback.onSuccess(WireFormat.response(WireFormat.FAILED, 0, wrong));
                return;
            }
            ExecutorConnection executor = new ExecutorConnection(
                    request.executor(),
                    client,
                    "executor " + request.id() + " on " + request.host(),
                    request.shards().stream().mapToInt(Integer::intValue).toArray(),
                    coordinator.blocks().total());
            executor.request = callback;
            executors[request.executor()] = executor;
            joined++;
        }
        coordinator.compare(request.id(), request.host(), request.arithmetic());
        if (!client.isActive()) {
            lost(client);
        }
        if (joined == executors.length) {
            begin();
        }
    }

    private void begin() {
        int[][] shards = new int[executors.length][];
        for (ExecutorConnection executor : executors) {
            shards[executor.executor] = executor.shards;
        }
        ShardPlacement placement;
        try {
            placement = new ShardPlacement(shards, coordinator.shards());
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
            return;
        }
        coordinator.executors(executors.length);
        Encoding encoding = run.encoding().decided(coordinator.layers(), coordinator.mostRows(), placement);
        if (executors.length > 1 && encoding == Encoding.DENSE) {
            reduction = new GradientReduction(coordinator, placement);
        } else if (executors.length > 1) {
            relay = new FactorRelay(
                    new FactorLayout(coordinator.layers(), coordinator.mostRows(), placement), coordinator.mostRows());
        }
        boolean dense = reduction != null;
        ByteBuffer response = new BeginResponse(dense, progress.epoch(), List.of(shards))
                .write(
                        coordinator.isOver() || coordinator.stopRequested() ? WireFormat.STOP : WireFormat.CONTINUE,
                        coordinator.liveParameters(),
                        dense ? new float[0] : coordinator.liveVelocity());
        synchronized (this) {
            complete = true;
            if (failure == null) {
                for (ExecutorConnection executor : executors) {
                    respond(executor, response.duplicate());
                }
            }
        }
    }

    /** Takes a request, to be responded to when those of all executors are there; what is wrong with it, or null. */
    String receive(TransportClient client, Request request, ByteBuffer payload, RpcResponseCallback callback) {
        int index = request.executor();
        if (!complete || index < 0 || index >= executors.length || executors[index].client != client) {
            return "executor " + index + " has another connection";
        }
        ExecutorConnection executor = executors[index];
        run.count();
        try {
            if (request.kind() == WireFormat.GRADIENT) {
                return receiveGradient(executor, request, payload, callback);
            }
            if (request.number() != executor.number) {
                return "request " + request.number() + " instead of " + executor.number;
            }
            switch (request.kind()) {
                case WireFormat.FACTORS -> {
                    if (relay == null) {
                        return "factors where none are exchanged";
                    }
                    relay.put(index, executor.steps, payload);
                    executor.steps++;
                }
                case WireFormat.TRAINED, WireFormat.EVALUATED -> takeReport(executor, request, payload);
                case WireFormat.DIVERGED -> {
                    int step = payload.getInt();
                    executor.number++;
                    diverge(step, callback, request.number());
                    return null;
                }
                default -> {
                    return "a request of kind " + request.kind();
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return "a malformed message";
        }
        executor.number++;
        if (request.notFinite()) {
            diverge((int) executor.steps - 1, callback, request.number());
        } else {
            arrive(executor, request.kind(), callback);
        }
        return null;
    }

    private String receiveGradient(
            ExecutorConnection executor, Request request, ByteBuffer payload, RpcResponseCallback callback) {
        int block = request.block();
        if (reduction == null || block < 0 || block >= executor.blockSteps.length) {
            return "a gradient of block " + block;
        }
        if (request.number() != executor.blockSteps[block]) {
            return "step " + request.number() + " instead of " + executor.blockSteps[block];
        }
        reduction.put(executor.executor, block, payload);
        executor.blockSteps[block]++;
        if (request.notFinite()) {
            diverge((int) executor.blockSteps[block] - 1, callback, request.number());
        } else {
            arrive(executor, block, request.number(), callback);
        }
        return null;
    }

    // Where the driver makes no update, the state of a whole epoch comes with the first executor's report.
    private void takeReport(ExecutorConnection executor, Request request, ByteBuffer payload) {
        EpochReport report = EpochReport.read(payload, workers, coordinator.shards());
        float[] parameters = coordinator.liveParameters();
        boolean state = executor.executor == 0 && request.kind() == WireFormat.TRAINED && reduction == null;
        if (payload.remaining() != (state ? 8L * parameters.length : 0)) {
            throw new IllegalArgumentException(payload.remaining() + " bytes behind a report");
        }
        if (state) {
            payload.asFloatBuffer().get(parameters).get(coordinator.liveVelocity());
        }
        progress.add(report);
    }

    private synchronized void arrive(ExecutorConnection executor, int of, RpcResponseCallback callback) {
        if (ended(callback, executor.number - 1)) {
            return;
        }
        executor.request = callback;
        executor.arrived = System.nanoTime();
        if (arrived == 0) {
            kind = of;
            firstArrival = executor.arrived;
        } else if (kind != of) {
            fail(executor.name + " is at another point of the training than the others");
            return;
        }
        if (++arrived < executors.length) {
            return;
        }
        arrived = 0;
        if (of != WireFormat.FACTORS) {
            run.later(() -> endEpoch(of == WireFormat.EVALUATED));
        } else if (coordinator.stopRequested()) {
            stop();
        } else {
            relay.stepIsComplete();
            long now = System.nanoTime();
            for (ExecutorConnection each : executors) {
                respond(each, relay.response(each.executor, now - each.arrived));
            }
        }
    }

    private synchronized void arrive(ExecutorConnection executor, int block, long step, RpcResponseCallback callback) {
        if (coordinator.stopRequested()) {
            stop();
        }
        if (ended(callback, step)) {
            return;
        }
        if (reduction.arrive(executor.executor, block, callback)) {
            run.parallel(() -> reduction.update(block));
        }
    }

    private boolean ended(RpcResponseCallback callback, long at) {
        if (failure != null) {
            callback.onSuccess(WireFormat.response(WireFormat.FAILED, at, failure));
        } else if (over) {
            callback.onSuccess(WireFormat.response(WireFormat.STOP, at, ""));
        }
        return failure != null || over;
    }

    private synchronized void diverge(int step, RpcResponseCallback callback, long at) {
        if (failure == null && !over) {
            progress.diverged(step);
            stop();
        }
        ended(callback, at);
    }

    private void endEpoch(boolean evaluated) {
        synchronized (this) {
            if (failure != null || over) {
                return;
            }
        }
        Next next = progress.epochEnd(evaluated);
        synchronized (this) {
            if (next == Next.STOP) {
                stop();
                return;
            }
            int status = next == Next.EVALUATE ? WireFormat.EVALUATE : WireFormat.CONTINUE;
            for (ExecutorConnection executor : executors) {
                respond(executor, WireFormat.response(status, executor.number - 1, ""));
            }
        }
    }

    /** Ends the training after the present step, or the epoch where executors need not ask the driver in a step. */
    synchronized void requestStop() {
        if (complete && executors.length == 1 && failure == null && !over) {
            executors[0].client.send(WireFormat.stop(run.key()));
        }
    }

    private void stop() {
        over = true;
        coordinator.end();
        respondToAll(WireFormat.STOP, "");
    }

    private void respondToAll(int status, String text) {
        for (ExecutorConnection executor : executors) {
            if (executor != null) {
                respond(executor, WireFormat.response(status, executor.number - 1, text));
            }
        }
        if (reduction != null) {
            reduction.respondToAll(status, text);
        }
    }

    private static void respond(ExecutorConnection executor, ByteBuffer with) {
        RpcResponseCallback request = executor.request;
        if (request != null) {
            executor.request = null;
            request.onSuccess(with);
        }
    }

    /** An executor that leaves before the end takes all others with it. */
    synchronized void lost(TransportClient client) {
        for (ExecutorConnection executor : executors) {
            if (executor != null && executor.client == client) {
                fail(executor.describe() + " has left");
            }
        }
    }

    /** Tells all that wait, and all that still come, that this attempt is over without a result. */
    synchronized void fail(String reason) {
        if (failure != null || over) {
            return;
        }
        failure = reason;
        coordinator.failed(reason);
        LOG.debug("{}, attempt {}: {}", run.runId(), number, reason);
        respondToAll(WireFormat.FAILED, reason);
    }

    /** Ends a wait that has become too long. On the run's thread, now and then. */
    synchronized void checkTimeLimit() {
        long now = System.nanoTime();
        if (joined < executors.length) {
            if (now - begun > run.timeoutNanos()) {
                fail("waited " + seconds() + " for " + (executors.length - joined) + " of " + executors.length
                        + " executors to begin; there are only " + names(executor -> true));
            }
        } else if (arrived > 0 && now - firstArrival > run.timeoutNanos()) {
            fail("waited " + seconds() + " for " + names(executor -> executors[executor].request == null));
        }
        if (reduction != null) {
            IntPredicate missing = reduction.missingSince(now - run.timeoutNanos());
            if (missing != null) {
                fail("waited " + seconds() + " for " + names(missing));
            }
        }
    }

    private String seconds() {
        return run.timeoutNanos() / 1_000_000_000L + " s";
    }

    private String names(IntPredicate which) {
        StringJoiner names = new StringJoiner(", ");
        for (ExecutorConnection executor : executors) {
            if (executor != null && which.test(executor.executor)) {
                names.add(executor.describe());
            }
        }
        return names.toString();
    }
}
