package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Snapshot;

/** Decides in the driver, at each epoch's end, how the training continues. Called by one thread at a time. */
public interface EpochRule {
    /** What the workers do next. */
    enum Next {
        /** Train the next epoch. */
        CONTINUE,
        /** Evaluate the test set with the current parameters; then the rule is asked again. */
        EVALUATE,
        /** End the training. */
        STOP
    }

    /** An attempt starts at the first step of {@code epoch}. */
    void begun(int attempt, int epoch);

    /**
     * An epoch over the training rows is complete.
     *
     * @param attempt Spark's attempt at the stage, from 0
     * @param sums the values reported by the shards, added in the order of the shards
     * @param spent mean time of the epoch's steps over the workers; null if not reported
     */
    Next trained(int attempt, int epoch, double[] sums, TimeSpent spent);

    /** The evaluation of the test rows after {@code epoch} is complete. */
    Next evaluated(int attempt, int epoch, double[] sums);

    /** An epoch, with its evaluation, has become the snapshot, whose arrays are valid during the call only. */
    default void completed(Snapshot snapshot) {}

    /** A step's loss was not finite; the training ends. */
    void diverged(int attempt, int epoch, int step);
}
