package org.sparkautoencoder.training;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.sparkautoencoder.csv.BadInputException;
import scala.Option;

/**
 * Counts how often a training's stage has failed since it last completed an epoch. Spark's own limit
 * (spark.stage.maxConsecutiveAttempts) counts every failure, however much was trained in between. Spark's thread writes, the
 * training's reads.
 */
final class AttemptFailures extends SparkListener {
    private final String runId;
    private final IntSupplier epochs;
    private final Set<Integer> stages = new HashSet<>();
    private int epochsBefore;
    private volatile int withoutProgress;
    private volatile String reason;
    private volatile String badInput;

    /** @param epochs how many are complete */
    AttemptFailures(String runId, IntSupplier epochs) {
        this.runId = runId;
        this.epochs = epochs;
        this.epochsBefore = epochs.getAsInt();
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        if (submitted.properties() == null
                || !runId.equals(submitted.properties().getProperty("spark.jobGroup.id"))) {
            return;
        }
        stages.add(submitted.stageInfo().stageId());
        if (submitted.stageInfo().attemptNumber() > 0) {
            int now = epochs.getAsInt();
            withoutProgress = now > epochsBefore ? 1 : withoutProgress + 1;
            epochsBefore = now;
        }
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
}
