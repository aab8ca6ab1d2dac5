package org.sparkautoencoder.exchange;

import org.sparkautoencoder.exchange.EpochRule.Next;

/** The connection of one JVM's workers to the driver. One worker uses it at a time, while the others wait. */
interface DriverLink extends AutoCloseable {
    /**
     * Announces this JVM's shards and receives the initial state.
     *
     * @return false if the training has already finished: a worker was lost after the last epoch
     */
    boolean begin(int[] shards);

    /** The first epoch of the attempt. */
    int epoch();

    /** The parameters, shared by all workers of this JVM. */
    float[] parameters();

    /** The velocity, likewise; empty where the driver makes the update. */
    float[] velocity();

    /** Whether the training must stop after the current step. */
    boolean stopRequested();

    /** Reports that a loss of a step was not finite. */
    void diverged(int step);

    /**
     * Reports a trained epoch, or its evaluation.
     *
     * @return what to do next
     */
    Next endEpoch(EpochReport report, boolean evaluated);

    @Override
    void close();
}
