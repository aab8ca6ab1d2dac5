package org.sparkautoencoder.training;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

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
