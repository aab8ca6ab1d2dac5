package org.sparkautoencoder.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;

/**
 * The state of one training, in the driver: weights, velocity, the epoch, and the state at the last epoch's end, to which
 * an attempt that follows a failed one returns. Workers meet it through an {@link Exchange}.
 */
public final class Coordinator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Map<String, Coordinator> OPEN = new ConcurrentHashMap<>();

    private final String runId;
    private final Layers layers;
    private final Momentum momentum;
    private final int shards;
    private final EpochRule rule;
    private final long limitNanos;

    // Written by workers, each its own slice between two barriers, or by the run's one thread: no lock is needed.
    private final float[] parameters;
    private final float[] velocity;

    // Written by the last worker to reach an epoch's end, or while no worker is in a meeting.
    private final float[] safeParameters;
    private final float[] safeVelocity;
    private volatile int safeEpoch;

    private volatile boolean stopRequested;
    private volatile boolean over;
    private volatile String failure;
    private volatile long idleSince = System.nanoTime();
    private volatile int executors = 1;
    private volatile boolean compared;
    private Meeting meeting;
    private RemoteRun remote;
    private int mostRows;

    private Coordinator(
            String runId,
            Layers layers,
            Momentum momentum,
            int shards,
            float[] initialParameters,
            EpochRule rule,
            long limitNanos) {
        this.runId = runId;
        this.layers = layers;
        this.momentum = momentum;
        this.shards = shards;
        this.rule = rule;
        this.limitNanos = limitNanos;
        this.parameters = initialParameters.clone();
        this.velocity = new float[parameters.length];
        this.safeParameters = initialParameters.clone();
        this.safeVelocity = new float[parameters.length];
    }

    /**
     * Opens the coordinator of a run, for workers in this JVM to find.
     *
     * @param initialParameters copied
     * @param limitSeconds how long a worker waits for the others
     */
    public static Coordinator open(
            String runId,
            Layers layers,
            Momentum momentum,
            int shards,
            float[] initialParameters,
            EpochRule rule,
            int limitSeconds) {
        Coordinator coordinator = new Coordinator(
                runId, layers, momentum, shards, initialParameters, rule, limitSeconds * 1_000_000_000L);
        if (OPEN.putIfAbsent(runId, coordinator) != null) {
            throw new IllegalStateException("run " + runId + " is being trained already");
        }
        return coordinator;
    }

    /** A worker's way into attempt {@code attempt} of the run, which an older attempt that still runs has to leave. */
    static Exchange join(String runId, int attempt, int worker, int workers) {
        Coordinator coordinator = OPEN.get(runId);
        if (coordinator == null) {
            throw new IllegalStateException("run " + runId + " is not being trained in this JVM");
        }
        return new InMemoryExchange(coordinator, coordinator.enter(attempt, workers), worker, workers);
    }

    /** What workers in this JVM join with. */
    public Ticket ticket() {
        return new Ticket(runId, null);
    }

    /**
     * Lets workers of other JVMs join, over the network.
     *
     * @param mostRows of a shard in a minibatch
     * @param batchSize decides the encoding, if the settings leave it open
     * @return what they join with
     * @throws IllegalArgumentException when the port is not to be had
     */
    public Ticket listen(SparkEnv spark, ExchangeSettings settings, int mostRows, int batchSize) {
        this.mostRows = mostRows;
        remote = new RemoteRun(this, settings, settings.encoding().decided(layers, batchSize), spark);
        return remote.ticket();
    }

    /** Asks the workers to stop after the present step; the epoch that they are in does not count. */
    public void requestStop() {
        stopRequested = true;
    }

    /** The parameters after {@link #epochs()} epochs; to be called when no worker is left. */
    public float[] parameters() {
        return safeParameters.clone();
    }

    /** How many epochs are complete. */
    public int epochs() {
        return safeEpoch;
    }

    /** In how many JVMs the workers are, or were at last. */
    public int executors() {
        return executors;
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

    /** Forgets the run; workers that are left find their meeting broken. */
    @Override
    public void close() {
        OPEN.remove(runId, this);
        synchronized (this) {
            if (meeting != null) {
                meeting.barrier().breakUp("the driver has ended the run");
            }
        }
        if (remote != null) {
            remote.close();
        }
    }

    /** Makes the workers of another job go on where those of the last one stopped; to be called when none is left. */
    public synchronized void awaitNextJob() {
        meeting = null;
        over = false;
        idleSince = System.nanoTime();
        if (remote != null) {
            remote.close();
            remote = null;
        }
    }

    private synchronized Meeting enter(int attempt, int workers) {
        if (meeting != null && meeting.attempt() < attempt) {
            meeting.barrier().breakUp("attempt " + attempt + " has begun");
            awaitEmpty(attempt);
        }
        // Asked again: while this worker waited without the lock, another of its attempt may have begun the meeting.
        if (meeting == null || meeting.attempt() < attempt) {
            restart(attempt);
            meeting = new Meeting(this, attempt, workers, limitNanos);
        } else if (meeting.attempt() > attempt) {
            throw new BrokenMeetingException("attempt " + attempt + " is over, " + meeting.attempt() + " runs");
        }
        meeting.enter();
        return meeting;
    }

    private void awaitEmpty(int attempt) {
        long deadline = System.nanoTime() + limitNanos;
        while (meeting.attempt() < attempt && !meeting.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new BrokenMeetingException("workers of attempt " + meeting.attempt() + " did not leave in time");
            }
            try {
                wait(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BrokenMeetingException("a worker was interrupted");
            }
        }
    }

    /** Goes back to the last whole epoch, with which {@code attempt} begins. */
    void restart(int attempt) {
        System.arraycopy(safeParameters, 0, parameters, 0, parameters.length);
        System.arraycopy(safeVelocity, 0, velocity, 0, velocity.length);
        idleSince = 0;
        rule.begun(attempt, safeEpoch);
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

    void keepSafe(int epochsDone) {
        System.arraycopy(parameters, 0, safeParameters, 0, parameters.length);
        System.arraycopy(velocity, 0, safeVelocity, 0, velocity.length);
        safeEpoch = epochsDone;
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

    Layers layers() {
        return layers;
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
