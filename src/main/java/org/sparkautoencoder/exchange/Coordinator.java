package org.sparkautoencoder.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;

/**
 * The state of one training, in the driver: weights, velocity, the epoch, and the state at the last epoch's end, to which
 * an attempt that follows a failed one returns. Workers meet it through an {@link Exchange}.
 */
public final class Coordinator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Map<String, Coordinator> OPEN = new ConcurrentHashMap<>();

    private final String runId;
    private final NeuronBlocks blocks;
    private final Momentum momentum;
    private final int shards;
    private final EpochRule rule;
    private final int limitSeconds;

    // Written by workers, each its own slice between two barriers, or by the run's one thread: no lock is needed.
    private final float[] parameters;
    private final float[] velocity;

    // Written by the last worker to reach an epoch's end, or while there is no worker.
    private final float[] snapshotParameters;
    private final float[] snapshotVelocity;
    private volatile int snapshotEpoch;

    private volatile boolean stopRequested;
    private volatile boolean over;
    private volatile String failure;
    private volatile long idleSince = System.nanoTime();
    private volatile int executors = 1;
    private volatile boolean compared;
    private LocalAttempt local;
    private volatile RemoteRun remote;
    private int mostRows;

    private Coordinator(
            String runId,
            NeuronBlocks blocks,
            Momentum momentum,
            int shards,
            float[] initialParameters,
            EpochRule rule,
            int limitSeconds) {
        this.runId = runId;
        this.blocks = blocks;
        this.momentum = momentum;
        this.shards = shards;
        this.rule = rule;
        this.limitSeconds = limitSeconds;
        this.parameters = initialParameters.clone();
        this.velocity = new float[parameters.length];
        this.snapshotParameters = initialParameters.clone();
        this.snapshotVelocity = new float[parameters.length];
    }

    /**
     * Opens the coordinator of a run, for workers in this JVM to find.
     *
     * @param initialParameters copied
     * @param limitSeconds how long a worker waits for the others
     */
    public static Coordinator open(
            String runId,
            NeuronBlocks blocks,
            Momentum momentum,
            int shards,
            float[] initialParameters,
            EpochRule rule,
            int limitSeconds) {
        Coordinator coordinator =
                new Coordinator(runId, blocks, momentum, shards, initialParameters, rule, limitSeconds);
        if (OPEN.putIfAbsent(runId, coordinator) != null) {
            throw new IllegalStateException("run " + runId + " is being trained already");
        }
        return coordinator;
    }

    /** A worker's way into attempt {@code attempt} of the run, which an older attempt that still runs has to leave. */
    public static Exchange join(String runId, int attempt, int worker, int workers) {
        Coordinator coordinator = OPEN.get(runId);
        if (coordinator == null) {
            throw new IllegalStateException("run " + runId + " is not being trained in this JVM");
        }
        ParallelTasks tasks = coordinator.enter(attempt, worker, workers);
        return new Exchange(tasks, WorkerRank.inOneJvm(attempt, worker, workers), () -> {});
    }

    /** What workers in this JVM join with. */
    public ExchangeHandle ticket() {
        return new ExchangeHandle(runId, null);
    }

    /**
     * Lets workers of other JVMs join, over the network.
     *
     * @param mostRows of a shard in a minibatch
     * @return what they join with
     * @throws IllegalArgumentException when the port is not to be had
     */
    public ExchangeHandle listen(SparkEnv spark, ExchangeSettings settings, int mostRows) {
        this.mostRows = mostRows;
        remote = new RemoteRun(this, settings, spark);
        return remote.ticket();
    }

    /** Asks the workers to stop after the present step; the epoch that they are in does not count. */
    public void requestStop() {
        stopRequested = true;
        RemoteRun run = remote;
        if (run != null) {
            run.requestStop();
        }
    }

    /** The parameters after {@link #epochs()} epochs; to be called when no worker is left. */
    public float[] parameters() {
        return snapshotParameters.clone();
    }

    /** How many epochs are complete. */
    public int epochs() {
        return snapshotEpoch;
    }

    /** In how many JVMs the workers are, or were at last. */
    public int executors() {
        return executors;
    }

    /** How many requests executors have sent over the network since they joined. */
    long requestsReceived() {
        RemoteRun run = remote;
        return run == null ? 0 : run.received();
    }

    /** For how many seconds no attempt has run: since the beginning, or since the last one failed. */
    public long idleSeconds() {
        long since = idleSince;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000_000L;
    }

    /** Why the last attempt that failed did; null if none has or nothing is known. */
    public String failure() {
        return failure;
    }

    /** Forgets the run; workers that are left find their attempt ended. */
    @Override
    public void close() {
        OPEN.remove(runId, this);
        synchronized (this) {
            if (local != null) {
                local.tasks.barrier().abort("the driver has ended the run");
            }
        }
        if (remote != null) {
            remote.close();
        }
    }

    /** Makes the workers of another job go on where those of the last one stopped; to be called when none is left. */
    public synchronized void awaitNextJob() {
        local = null;
        over = false;
        idleSince = System.nanoTime();
        if (remote != null) {
            remote.close();
            remote = null;
        }
    }

    private synchronized ParallelTasks enter(int attempt, int worker, int workers) {
        if (local != null && local.number < attempt) {
            local.tasks.barrier().abort("attempt " + attempt + " has begun");
            awaitEmpty(attempt);
        }
        // Asked again: while this worker waited without the lock, another of its attempt may have begun it.
        if (local == null || local.number < attempt) {
            restart(attempt);
            local = new LocalAttempt(
                    attempt,
                    new ParallelTasks(
                            WorkerRank.inOneJvm(attempt, worker, workers),
                            new LocalLink(this, attempt, workers),
                            limitSeconds));
        } else if (local.number > attempt) {
            throw new AttemptFailedException("attempt " + attempt + " is over, " + local.number + " runs");
        }
        local.tasks.enter(worker, worker);
        return local.tasks;
    }

    private void awaitEmpty(int attempt) {
        long deadline = System.nanoTime() + limitSeconds * 1_000_000_000L;
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

    /** What the workers of an attempt in this JVM share. */
    private record LocalAttempt(int number, ParallelTasks tasks) {}

    /** Goes back to the last whole epoch, with which {@code attempt} begins. */
    void restart(int attempt) {
        System.arraycopy(snapshotParameters, 0, parameters, 0, parameters.length);
        System.arraycopy(snapshotVelocity, 0, velocity, 0, velocity.length);
        idleSince = 0;
        rule.begun(attempt, snapshotEpoch);
    }

    void end() {
        over = true;
    }

    /** Whether the training has ended, in whatever way. */
    boolean isOver() {
        return over;
    }

    void failed(String reason) {
        failure = reason;
        idleSince = System.nanoTime();
    }

    void executors(int n) {
        executors = n;
    }

    /** Warns once if an executor computes with something else than the driver. */
    void compare(String executor, String host, String arithmetic) {
        if (!compared && !arithmetic.equals(Machine.arithmetic())) {
            compared = true;
            LOG.warn(
                    "executor {} on {} computes with {}, the driver with {}: the result can differ in its last bits from"
                            + " one computed elsewhere; give both the same OPENBLAS_CORETYPE, OPENBLAS_NUM_THREADS and"
                            + " kind of processor",
                    executor,
                    host,
                    arithmetic,
                    Machine.arithmetic());
        }
    }

    void takeSnapshot(int epochsDone) {
        System.arraycopy(parameters, 0, snapshotParameters, 0, parameters.length);
        System.arraycopy(velocity, 0, snapshotVelocity, 0, velocity.length);
        snapshotEpoch = epochsDone;
    }

    String runId() {
        return runId;
    }

    int mostRows() {
        return mostRows;
    }

    boolean stopRequested() {
        return stopRequested;
    }

    NeuronBlocks blocks() {
        return blocks;
    }

    Layers layers() {
        return blocks.layers();
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

    float[] liveParameters() {
        return parameters;
    }

    float[] liveVelocity() {
        return velocity;
    }
}
