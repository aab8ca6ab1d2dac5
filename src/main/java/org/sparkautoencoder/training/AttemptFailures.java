package org.sparkautoencoder.training;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

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
        }
    }

    int withoutProgress() {
        return withoutProgress;
    }

    /** What the task that failed last, not killed because another failed, said; null if none has. */
    String reason() {
        return reason;
    }
}
