package org.sparkautoencoder.exchange;

/** What the driver decides when the workers have met at the end of an epoch. Called by one thread at a time. */
public interface EpochRule {
    /** How a training goes on. */
    enum Next {
        /** With the next epoch. */
        CONTINUE,
        /** With the error of the test set under the present parameters; then the rule is asked again. */
        EVALUATE,
        /** Not at all. */
        STOP
    }

    /** An attempt begins with the first step of {@code epoch}. */
    void begun(int attempt, int epoch);

    /**
     * The training rows were gone through once.
     *
     * @param attempt Spark's attempt at the stage, from 0
     * @param sums what the shards reported, added in the order of the shards
     * @param spent where the steps' time went, in the mean over the workers; null if nobody said
     */
    Next trained(int attempt, int epoch, double[] sums, TimeSpent spent);

    /** The test rows were evaluated after {@code epoch}. */
    Next evaluated(int attempt, int epoch, double[] sums);

    /** A step's loss was not finite: the training ends here. */
    void diverged(int attempt, int epoch, int step);
}
