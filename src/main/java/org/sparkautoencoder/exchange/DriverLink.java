package org.sparkautoencoder.exchange;

import org.sparkautoencoder.exchange.EpochRule.Next;

/** How the workers of one JVM reach the driver, at the beginning and at each epoch's end. By one of them, while the others wait. */
interface DriverLink extends AutoCloseable {
    /**
     * Says which shards these workers have, and takes the state to begin with.
     *
     * @return false when the training is over already: a worker was lost after it had ended
     */
    boolean begin(int[] shards);

    /** The epoch to begin with. */
    int epoch();

    /** The parameters as all workers of this JVM share them. */
    float[] parameters();

    /** Likewise the velocity; empty where the driver alone has it. */
    float[] velocity();

    /** Whether the training is to end after the present step. */
    boolean stopRequested();

    /** Says that a loss of a step was not finite. */
    void diverged(int step);

    /**
     * Reports an epoch, or an evaluation after it.
     *
     * @return what follows
     */
    Next endEpoch(EpochReport report, boolean evaluated);

    @Override
    void close();
}
