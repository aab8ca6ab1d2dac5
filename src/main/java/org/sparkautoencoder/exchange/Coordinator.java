package org.sparkautoencoder.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.Processor;
import org.sparkautoencoder.kernel.Snapshot;

/**
 * One training in the driver: its state and the attempts at it, each of which starts from the snapshot of the last whole
 * epoch. Workers use it through an {@link Exchange}.
 */
public final class Coordinator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Map<String, Coordinator> OPEN = new ConcurrentHashMap<>();

    private final String runId;
    private final NeuronBlocks blocks;
    private final Momentum momentum;
    private final int shards;
    private final EpochRule rule;
    private final int timeoutSeconds;

    private final TrainingState state;

    private volatile boolean stopRequested;
    private volatile boolean finished;
    private volatile String failure;
    private volatile int timedOut = -1; // the last attempt that did
    private volatile long idleSince = System.nanoTime();
    private volatile int executors = 1;
    private volatile boolean warned;
    private LocalAttempt local;
    private volatile RemoteRun remote;

    private Coordinator(
            String runId,
            NeuronBlocks blocks,
            Momentum momentum,
            int shards,
            Snapshot start,
            EpochRule rule,
            int timeoutSeconds) {
        this.runId = runId;
        this.blocks = blocks;
        this.momentum = momentum;
        this.shards = shards;
        this.rule = rule;
        this.timeoutSeconds = timeoutSeconds;
        this.state = new TrainingState(start);
    }

    /**
     * Opens the coordinator of a run and registers it in this JVM.
     *
     * @param start what the training begins or goes on with; copied
     * @param timeoutSeconds how long a worker waits for the others
     * @throws IllegalStateException if the run has a coordinator already
     */
    public static Coordinator open(
            String runId,
            NeuronBlocks blocks,
            Momentum momentum,
            int shards,
            Snapshot start,
            EpochRule rule,
            int timeoutSeconds) {
        Coordinator coordinator = new Coordinator(runId, blocks, momentum, shards, start, rule, timeoutSeconds);
        if (OPEN.putIfAbsent(runId, coordinator) != null) {
            throw new IllegalStateException("run " + runId + " is being trained already");
        }
        return coordinator;
    }

    /** Joins an attempt of a run in this JVM; an older attempt that is still running is aborted. */
    public static Exchange join(String runId, int attempt, int worker, int workers) {
        Coordinator coordinator = OPEN.get(runId);
        if (coordinator == null) {
            throw new IllegalStateException("run " + runId + " is not being trained in this JVM");
        }
        WorkerRank rank = WorkerRank.inOneJvm(attempt, worker, workers);
        return new Exchange(coordinator.enter(rank), rank, () -> {});
    }

    /** The handle by which workers in this JVM join. */
    public ExchangeHandle handle() {
        return new ExchangeHandle(runId, null);
    }

    /**
     * Listens for workers of other JVMs.
     *
     * @param maxRows largest number of a shard's rows in a minibatch
     * @return the handle by which they join
     * @throws IllegalArgumentException if the port is not available
     */
    public ExchangeHandle listen(SparkEnv spark, ExchangeSettings settings, int maxRows) {
        remote = new RemoteRun(this, settings, maxRows, spark);
        return remote.handle();
    }

    /** Asks the workers to stop after the current step; the current epoch does not count. */
    public void requestStop() {
        stopRequested = true;
        RemoteRun run = remote;
        if (run != null) {
            run.requestStop();
        }
    }

    /** A copy of the state after the last whole epoch. */
    public Snapshot snapshot() {
        return state.copyOfSnapshot();
    }

    /** The number of complete epochs. */
    public int epochs() {
        return state.epochs();
    }

    /** The number of JVMs that run the workers, or last did. */
    public int executors() {
        return executors;
    }

    /** The number of requests that executors have sent since they joined. */
    long requestsReceived() {
        RemoteRun run = remote;
        return run == null ? 0 : run.requestsReceived();
    }

    /** Seconds without a running attempt, since the start or since the last one failed. */
    public long idleSeconds() {
        long since = idleSince;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000_000L;
    }

    /** Why the last failed attempt failed; null if none has or the reason is unknown. */
    public String failure() {
        return failure;
    }

    /** Whether the last attempt is this one and has failed because an executor was not heard of in time. */
    public boolean hasTimedOut(int attempt) {
        return timedOut == attempt;
    }

    /** Unregisters the run and aborts the attempt of any remaining workers. */
    @Override
    public void close() {
        OPEN.remove(runId, this);
        synchronized (this) {
            if (local != null) {
                local.tasks.barrier().abort("the driver has closed the run");
            }
        }
        if (remote != null) {
            remote.close();
        }
    }

    /** Prepares for the workers of another job, which continue from the snapshot. Only while there is no worker. */
    public synchronized void resetForNextJob() {
        local = null;
        finished = false;
        timedOut = -1;
        idleSince = System.nanoTime();
        if (remote != null) {
            remote.close();
            remote = null;
        }
    }

    private synchronized ParallelTasks enter(WorkerRank rank) {
        int attempt = rank.attempt();
        if (local != null && local.number < attempt) {
            local.tasks.barrier().abort("attempt " + attempt + " has started");
            awaitEmpty(attempt);
        }
        // Checked again: another worker may have started the attempt while this one waited without the lock.
        if (local == null || local.number < attempt) {
            startAttempt(attempt);
            local = new LocalAttempt(
                    attempt, new ParallelTasks(rank, new LocalLink(this, attempt, rank.workers()), timeoutSeconds));
        } else if (local.number > attempt) {
            throw new AttemptFailedException(
                    "attempt " + attempt + " has ended, attempt " + local.number + " is running");
        }
        local.tasks.add(rank);
        return local.tasks;
    }

    private void awaitEmpty(int attempt) {
        long deadline = System.nanoTime() + timeoutSeconds * 1_000_000_000L;
        while (local.number < attempt && !local.tasks.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AttemptFailedException("workers of attempt " + local.number + " did not leave in time");
            }
            try {
                wait(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AttemptFailedException("a worker was interrupted");
            }
        }
    }

    /** An attempt whose workers are all in this JVM. */
    private record LocalAttempt(int number, ParallelTasks tasks) {}

    /** Restores the snapshot of the last whole epoch, from which the attempt starts. */
    void startAttempt(int attempt) {
        state.restoreSnapshot();
        idleSince = 0;
        rule.begun(attempt, state.epochs());
    }

    void finish() {
        finished = true;
    }

    /** Whether the training has ended for any reason. */
    boolean isFinished() {
        return finished;
    }

    void attemptFailed(String reason) {
        failure = reason;
        idleSince = System.nanoTime();
    }

    void attemptTimedOut(int attempt) {
        timedOut = attempt;
    }

    void executors(int n) {
        executors = n;
    }

    /** Warns once if an executor's BLAS or processor differs from the driver's. */
    void checkArithmetic(String executor, String host, String arithmetic) {
        if (!warned && !arithmetic.equals(Processor.arithmetic())) {
            warned = true;
            LOG.warn(
                    "executor {} on {} computes with {}, the driver with {}: the low bits of the result can differ"
                            + " from those of another run; give both the same OPENBLAS_CORETYPE, OPENBLAS_NUM_THREADS and"
                            + " kind of processor",
                    executor,
                    host,
                    arithmetic,
                    Processor.arithmetic());
        }
    }

    String runId() {
        return runId;
    }

    boolean stopRequested() {
        return stopRequested;
    }

    NeuronBlocks blocks() {
        return blocks;
    }

    Momentum momentum() {
        return momentum;
    }

    int shards() {
        return shards;
    }

    EpochRule rule() {
        return rule;
    }

    TrainingState state() {
        return state;
    }
}
