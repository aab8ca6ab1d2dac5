package org.sparkautoencoder.training;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.exchange.AttemptFailedException;
import scala.Option;

/**
 * Counts how often a training's stage has failed since it last completed an epoch. Spark's own limit
 * (spark.stage.maxConsecutiveAttempts) counts every failure, however much was trained in between. Time-outs count only when Spark
 * would have noticed that an executor is lost: until then it starts the stage on the same one again. Spark's thread writes,
 * the training's reads.
 */
final class AttemptFailures extends SparkListener {
    private final String runId;
    private final IntSupplier epochs;
    private final IntPredicate timedOut;
    private final long lossSeconds;
    private final Set<Integer> stages = new HashSet<>();
    private int epochsBefore;
    private int timeouts; // without progress
    private int others;
    private long firstTimeout;
    private volatile int withoutProgress;
    private volatile String reason;
    private volatile String badInput;

    /**
     * Counts from now on.
     *
     * @param epochs how many are complete
     * @param timedOut whether an attempt has failed because an executor was not heard of in time
     * @param lossSeconds after how many seconds Spark notices that an executor is lost
     */
    AttemptFailures(String runId, IntSupplier epochs, IntPredicate timedOut, long lossSeconds) {
        this.runId = runId;
        this.epochs = epochs;
        this.timedOut = timedOut;
        this.lossSeconds = lossSeconds;
        this.epochsBefore = epochs.getAsInt();
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        if (submitted.properties() == null
                || !runId.equals(submitted.properties().getProperty("spark.jobGroup.id"))) {
            return;
        }
        stages.add(submitted.stageInfo().stageId());
        int attempt = submitted.stageInfo().attemptNumber();
        if (attempt > 0) {
            countFailure(timedOut.test(attempt - 1), System.nanoTime());
        }
    }

    private void countFailure(boolean timeout, long now) {
        int complete = epochs.getAsInt();
        if (complete > epochsBefore) {
            timeouts = 0;
            others = 0;
        }
        epochsBefore = complete;
        if (timeout) {
            firstTimeout = timeouts == 0 ? now : firstTimeout;
            timeouts++;
        } else {
            others++;
        }
        boolean counts = timeouts > 0 && now - firstTimeout >= TimeUnit.SECONDS.toNanos(lossSeconds);
        withoutProgress = others + (counts ? timeouts : 0);
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        timeouts = 0; // the training waited for this one
        withoutProgress = others;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        // Spark kills the other tasks of a barrier stage when one has failed: that they were killed is no cause.
        boolean known = reason != null && end.reason() instanceof TaskKilled;
        if (!known && stages.contains(end.stageId()) && end.reason() instanceof TaskFailedReason failed) {
            reason = failed.toErrorString();
            if (badInput == null && failed instanceof ExceptionFailure failure && isBadInput(failure)) {
                badInput = failure.description();
            }
        }
    }

    // What a task has found in a file, the next one will too. What follows from another error, of a file system say,
    // may pass:
    // Spark tries again, and fails the job in the end.
    private static boolean isBadInput(ExceptionFailure failure) {
        Option<Throwable> thrown = failure.exception(); // absent where the driver could not read it
        return failure.className().equals(BadInputException.class.getName())
                && (thrown.isEmpty() || thrown.get().getCause() == null);
    }

    /** What is wrong with the rows, as a task that had to read them again found; null where nothing is. */
    String badInput() {
        return badInput;
    }

    int withoutProgress() {
        return withoutProgress;
    }

    /** What the task that failed last, not killed because another failed, said; null if none has. */
    String reason() {
        return reason;
    }

    /**
     * Why a training failed. Spark's message has the stack trace of the task that failed last; the message of a worker's
     * exception is better. After a time-out the driver knows which executor was missing, and the workers do not.
     *
     * @param seen what the driver has seen; null for nothing
     * @param all Spark's message
     */
    static String oneLine(String seen, String all) {
        String ours = AttemptFailedException.class.getName() + ": ";
        return all.lines()
                .filter(line -> line.startsWith(ours))
                .map(line -> line.substring(ours.length()))
                .findFirst()
                .map(line ->
                        seen == null || !seen.startsWith("waited") || line.equals(seen) ? line : seen + "; " + line)
                .orElseGet(() -> seen == null ? all.lines().findFirst().orElse(all) : seen);
    }
}
