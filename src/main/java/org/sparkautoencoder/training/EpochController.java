package org.sparkautoencoder.training;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.sparkautoencoder.exchange.EpochRule;
import org.sparkautoencoder.exchange.TimeSpent;
import org.sparkautoencoder.kernel.Snapshot;

/**
 * Turns the shards' sums into epochs, and decides after each whether to evaluate, continue or stop. Called by the last worker to
 * arrive, one at a time; the driver's thread takes the epochs from {@link #epochs} and reads the outcome after the stage.
 */
final class EpochController implements EpochRule {
    private final TrainingSettings settings;
    private final EpochSums epochSums;
    private final long trainRows;
    private final long testRows;
    private final BlockingQueue<Epoch> epochs = new LinkedBlockingQueue<>();
    private final List<Double> errors; // guarded by the lock
    private final NavigableMap<Integer, Epoch> done = new TreeMap<>(); // used by one thread at a time
    private final CheckpointWriter checkpoints;
    private final int attemptsBefore;
    private volatile int attempts;
    private PendingEvaluation pending;
    private long begin;
    private volatile TrainingOutcome outcome = TrainingOutcome.KILLED;
    private volatile int pauseAfter = Integer.MAX_VALUE;
    private volatile Epoch pausedAfter;

    /** A trained epoch that is being evaluated, and what follows. */
    private record PendingEvaluation(Epoch epoch, boolean pause, Next next) {}

    /**
     * @param from what the training goes on with
     * @param checkpoints null for none
     */
    EpochController(
            TrainingSettings settings, long trainRows, long testRows, Checkpoint from, CheckpointWriter checkpoints) {
        this.errors = new ArrayList<>(from.errors());
        this.attemptsBefore = from.attempts();
        this.attempts = attemptsBefore;
        this.checkpoints = checkpoints;
        this.settings = settings;
        this.epochSums = new EpochSums(settings);
        this.trainRows = trainRows;
        this.testRows = testRows;
    }

    BlockingQueue<Epoch> epochs() {
        return epochs;
    }

    TrainingOutcome outcome() {
        return outcome;
    }

    /** The training errors of the first epochs; from any thread. */
    synchronized List<Double> errors(int epochs) {
        return List.copyOf(errors.subList(0, epochs));
    }

    /** The number of attempts, those before this training went on among them. */
    int attempts() {
        return attempts;
    }

    /** Whether a training that goes on after so many epochs has reached its end already. */
    boolean isAtEnd(int epochs) {
        boolean stop = epochs > 0 && fires();
        if (stop || epochs >= settings.epochs()) {
            outcome = stop ? TrainingOutcome.STOPPED_EARLY : TrainingOutcome.FINISHED;
            return true;
        }
        return false;
    }

    private synchronized boolean fires() {
        return settings.stopRule() != null && settings.stopRule().fires(errors);
    }

    /** Sets the number of epochs after which the training pauses; the last of them is evaluated. Called between two jobs. */
    void pauseAfter(int epochsDone) {
        pauseAfter = epochsDone;
        pausedAfter = null;
    }

    /** The epoch after which the training has paused; null if it has not. */
    Epoch pausedAfter() {
        return pausedAfter;
    }

    /** Ends a training that has paused. */
    void stopEarly() {
        outcome = TrainingOutcome.STOPPED_EARLY;
    }

    @Override
    public void begun(int attempt, int epoch) {
        synchronized (this) {
            errors.subList(epoch, errors.size()).clear();
        }
        attempts = Math.max(attempts, attemptsBefore + attempt + 1);
        begin = System.nanoTime();
    }

    @Override
    public Next trained(int attempt, int epoch, double[] sums, TimeSpent spent) {
        double seconds = seconds();
        double error = epochSums.error(sums, trainRows);
        double loss = epochSums.loss(sums, trainRows);
        synchronized (this) {
            errors.add(error);
        }
        boolean stop = fires();
        Next next = Next.CONTINUE;
        if (stop || epoch + 1 >= settings.epochs()) {
            next = Next.STOP;
            outcome = stop ? TrainingOutcome.STOPPED_EARLY : TrainingOutcome.FINISHED;
        }
        boolean pause = next == Next.CONTINUE && epoch + 1 == pauseAfter;
        if (pause) {
            next = Next.STOP;
        }
        Epoch done = new Epoch(
                attemptsBefore + attempt,
                epoch,
                error,
                null,
                loss,
                null,
                seconds,
                trainRows / seconds,
                false,
                spent,
                null);
        boolean evaluates = testRows > 0 || settings.evaluatesTraining();
        if (evaluates && (next == Next.STOP || epoch % settings.evaluateEvery() == 0)) {
            pending = new PendingEvaluation(done, pause, next);
            return Next.EVALUATE;
        }
        add(done, pause);
        return next;
    }

    @Override
    public Next evaluated(int attempt, int epoch, double[] sums) {
        double[] test = epochSums.first(sums);
        double[] train = epochSums.second(sums);
        add(
                pending.epoch.evaluated(
                        testRows > 0 ? epochSums.error(test, testRows) : null,
                        testRows > 0 ? epochSums.loss(test, testRows) : null,
                        settings.evaluatesTraining() ? epochSums.error(train, trainRows) : null),
                pending.pause);
        return pending.next;
    }

    private void add(Epoch epoch, boolean pause) {
        epochs.add(epoch);
        done.put(epoch.epoch(), epoch);
        if (pause) {
            pausedAfter = epoch;
        }
        begin = System.nanoTime();
    }

    // At a pause it is not decided whether the training continues; at its end there is a model.
    @Override
    public void completed(Snapshot snapshot) {
        if (checkpoints != null && outcome == TrainingOutcome.KILLED && pausedAfter == null) {
            checkpoints.completed(snapshot, errors(snapshot.epochs()), done, attempts);
        }
    }

    @Override
    public void diverged(int attempt, int epoch, int step) {
        outcome = TrainingOutcome.DIVERGED;
        double seconds = seconds();
        epochs.add(new Epoch(
                attemptsBefore + attempt,
                epoch,
                Double.NaN,
                null,
                Double.NaN,
                null,
                seconds,
                (double) step * settings.batchSize() / seconds,
                true,
                null,
                null));
    }

    private double seconds() {
        return Math.max(1, System.nanoTime() - begin) / 1e9;
    }
}
