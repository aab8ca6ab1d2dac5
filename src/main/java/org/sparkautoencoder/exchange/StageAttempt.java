package org.sparkautoencoder.exchange;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.exchange.AttemptExecutors.Connection;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.WireFormat.BeginResponse;
import org.sparkautoencoder.exchange.WireFormat.Request;
import org.sparkautoencoder.kernel.Layers;

/**
 * The driver's side of one attempt at a run's stage: holds the executors' requests until all have arrived, then responds to
 * all, which is the barrier. Requests arrive on the channels' threads; unguarded state belongs to the run's thread.
 */
final class StageAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(StageAttempt.class);

    private final RemoteRun run;
    private final Coordinator coordinator;
    private final int number;
    private final EpochProgress progress;
    private final AttemptExecutors executors;
    private final long startNanos = System.nanoTime();
    private volatile FactorRelay relay;
    private volatile GradientReduction reduction;
    private volatile boolean started;

    // Guarded by the lock.
    private String failure;
    private boolean finished;

    StageAttempt(RemoteRun run, int number, int executors, int workers) {
        this.run = run;
        this.coordinator = run.coordinator();
        this.number = number;
        this.progress = new EpochProgress(coordinator, number, workers);
        this.executors = new AttemptExecutors(executors);
    }

    int number() {
        return number;
    }

    /** Adds an executor; the last one starts the attempt. On the run's thread. */
    void join(TransportClient client, JoinRequest request, RpcResponseCallback callback) {
        synchronized (this) {
            String error = request.attempt() < number
                    ? "attempt " + request.attempt() + " has ended, attempt " + number + " is running"
                    : executors.accepts(request)
                            ? failure
                            : "executor " + request.executor() + " of " + request.executors()
                                    + " does not belong to attempt " + number;
            if (error != null) {
                callback.onSuccess(WireFormat.response(WireFormat.FAILED, 0, error));
                return;
            }
            executors.add(request, client, callback, coordinator.blocks().total());
        }
        coordinator.checkArithmetic(request.id(), request.host(), request.arithmetic());
        if (!client.isActive()) {
            connectionLost(client);
        }
        if (executors.allJoined()) {
            start();
        }
    }

    private void start() {
        ShardPlacement placement;
        try {
            placement = new ShardPlacement(executors.shards(), coordinator.shards());
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
            return;
        }
        coordinator.executors(executors.count());
        Layers layers = coordinator.blocks().layers();
        boolean dense = run.encoding().resolve(layers, run.maxRows(), placement) == Encoding.DENSE;
        if (executors.count() > 1 && dense) {
            reduction = new GradientReduction(coordinator, placement);
        } else if (executors.count() > 1) {
            relay = new FactorRelay(layers, run.maxRows(), placement);
        }
        ByteBuffer response = new BeginResponse(reduction != null, progress.epoch(), List.of(executors.shards()))
                .write(
                        coordinator.isFinished() || coordinator.stopRequested() ? WireFormat.STOP : WireFormat.CONTINUE,
                        coordinator.state().parameters(),
                        reduction != null ? new float[0] : coordinator.state().velocity());
        synchronized (this) {
            started = true;
            if (failure == null) {
                executors.respondToAll(executor -> response.duplicate());
            }
        }
    }

    /** Accepts a request, whose response follows when those of all executors have arrived; returns an error or null. */
    String receive(TransportClient client, Request request, ByteBuffer payload, RpcResponseCallback callback) {
        Connection executor = started ? executors.get(request.executor(), client) : null;
        if (executor == null) {
            return "executor " + request.executor() + " has another connection";
        }
        run.countRequest();
        try {
            if (request.kind() == WireFormat.GRADIENT) {
                return receiveGradient(executor, request, payload, callback);
            }
            if (request.number() != executor.nextRequest) {
                return "request " + request.number() + " instead of " + executor.nextRequest;
            }
            switch (request.kind()) {
                case WireFormat.FACTORS -> {
                    if (relay == null) {
                        return "factors in a run that does not exchange factors";
                    }
                    relay.put(executor.index, executor.steps, payload);
                    executor.steps++;
                }
                // Unless the driver makes the update, the first executor sends the state of the epoch.
                case WireFormat.TRAINED -> progress.add(payload, reduction == null && executor.index == 0);
                case WireFormat.EVALUATED -> progress.add(payload, false);
                case WireFormat.DIVERGED -> {
                    diverge(payload.getInt(), callback, request.number());
                    executor.nextRequest++;
                    return null;
                }
                default -> {
                    return "unknown request kind " + request.kind();
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return "a malformed message";
        }
        executor.nextRequest++;
        if (request.notFinite()) {
            diverge((int) executor.steps - 1, callback, request.number());
        } else {
            arrive(executor, request.kind(), callback);
        }
        return null;
    }

    private String receiveGradient(
            Connection executor, Request request, ByteBuffer payload, RpcResponseCallback callback) {
        int block = request.block();
        if (reduction == null || block < 0 || block >= executor.blockSteps.length) {
            return "unexpected gradient of block " + block;
        }
        if (request.number() != executor.blockSteps[block]) {
            return "step " + request.number() + " instead of " + executor.blockSteps[block];
        }
        reduction.put(executor.index, block, payload);
        executor.blockSteps[block]++;
        if (request.notFinite()) {
            diverge((int) executor.blockSteps[block] - 1, callback, request.number());
        } else {
            arriveGradient(executor, block, request.number(), callback);
        }
        return null;
    }

    private synchronized void arrive(Connection executor, int requestKind, RpcResponseCallback callback) {
        if (respondIfEnded(callback, executor.nextRequest - 1)) {
            return;
        }
        if (!executors.arrive(executor, requestKind, callback)) {
            fail(executor.name + " sent a request of another kind than the other executors");
        } else if (executors.endRound()) {
            endRound(requestKind);
        }
    }

    private void endRound(int requestKind) {
        if (requestKind != WireFormat.FACTORS) {
            run.enqueue(() -> endEpoch(requestKind == WireFormat.EVALUATED));
        } else if (coordinator.stopRequested()) {
            stop();
        } else {
            relay.completeStep();
            long now = System.nanoTime();
            executors.respondToAll(each -> relay.response(each.index, now - each.arrivedNanos));
        }
    }

    private synchronized void arriveGradient(Connection executor, int block, long step, RpcResponseCallback callback) {
        if (coordinator.stopRequested()) {
            stop();
        }
        if (respondIfEnded(callback, step)) {
            return;
        }
        if (reduction.arrive(executor.index, block, callback)) {
            run.runInPool(() -> reduction.update(block));
        }
    }

    private boolean respondIfEnded(RpcResponseCallback callback, long requestNumber) {
        if (failure != null) {
            callback.onSuccess(WireFormat.response(WireFormat.FAILED, requestNumber, failure));
        } else if (finished) {
            callback.onSuccess(WireFormat.response(WireFormat.STOP, requestNumber, ""));
        }
        return failure != null || finished;
    }

    private synchronized void diverge(int step, RpcResponseCallback callback, long requestNumber) {
        if (failure == null && !finished) {
            progress.diverged(step);
            stop();
        }
        respondIfEnded(callback, requestNumber);
    }

    private void endEpoch(boolean evaluated) {
        synchronized (this) {
            if (failure != null || finished) {
                return;
            }
        }
        Next next = progress.endEpoch(evaluated);
        synchronized (this) {
            switch (next) {
                case STOP -> stop();
                case EVALUATE -> respondToAll(WireFormat.EVALUATE, "");
                case CONTINUE -> respondToAll(WireFormat.CONTINUE, "");
            }
        }
    }

    /** Stops one executor, which does not ask the driver in each step; several learn of it from their next response. */
    synchronized void requestStop() {
        if (started && executors.count() == 1 && failure == null && !finished) {
            executors.send(0, WireFormat.stop(run.key()));
        }
    }

    private void stop() {
        finished = true;
        coordinator.finish();
        endAllRequests(WireFormat.STOP, "");
    }

    private void respondToAll(int status, String text) {
        executors.respondToAll(executor -> WireFormat.response(status, executor.nextRequest - 1, text));
    }

    private void endAllRequests(int status, String text) {
        respondToAll(status, text);
        if (reduction != null) {
            reduction.respondToAll(status, text);
        }
    }

    /** Fails the attempt if an executor's connection has closed before the end. */
    synchronized void connectionLost(TransportClient client) {
        Connection executor = executors.of(client);
        if (executor != null) {
            fail(executor.describe() + " has disconnected");
        }
    }

    /** Fails the attempt: all pending and all later requests get this reason. */
    synchronized void fail(String reason) {
        if (failure != null || finished) {
            return;
        }
        failure = reason;
        coordinator.attemptFailed(reason);
        LOG.debug("{}, attempt {}: {}", run.runId(), number, reason);
        endAllRequests(WireFormat.FAILED, reason);
    }

    /** Fails the attempt if an executor has not arrived within the time limit. Called regularly on the run's thread. */
    synchronized void checkTimeLimit() {
        long limit = System.nanoTime() - run.timeoutNanos();
        IntPredicate missing = reduction == null ? null : reduction.missingSince(limit);
        if (!executors.allJoined() && startNanos - limit < 0) {
            timeOut((executors.count() - executors.joined()) + " of " + executors.count()
                    + " executors to join; joined: " + executors.describe(executor -> true));
        } else if (executors.areMissingSince(limit)) {
            timeOut(executors.describeMissing());
        } else if (missing != null) {
            timeOut(executors.describe(missing));
        }
    }

    private void timeOut(String missing) {
        if (failure == null && !finished) {
            coordinator.attemptTimedOut(number);
            fail("waited " + run.timeoutNanos() / 1_000_000_000L + " s for " + missing);
            LOG.warn("{} {}; the epoch is repeated once all workers can start again", run.runId(), failure);
        }
    }
}
