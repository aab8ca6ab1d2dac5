package org.sparkautoencoder.exchange;

import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.kernel.Pass;

/** A worker's way to meet the others, once a step and at each epoch's end. For one thread. */
public interface Exchange extends AutoCloseable {
    /** The epoch to begin with. */
    int epoch();

    /** The parameters of the present step; only to be read. */
    float[] parameters();

    /** Counts this worker's time; {@link #endEpoch} hands it over. */
    Stopwatch stopwatch();

    /** Says which pass is that of a shard, once for each shard of this worker, before {@link #begin}. */
    void share(int shard, Pass pass);

    /** Meets the others once all shards are shared, before {@link #epoch} and {@link #parameters} are asked for. */
    void begin();

    /** Says what a shard's loss in this step was, before {@link #step}. */
    void loss(int shard, float loss);

    /**
     * Meets the others when the passes of this worker's shards are complete, and makes the update with them.
     *
     * @return false when the training is over: it diverged, or was asked to stop
     */
    boolean step();

    /** Says what a shard's sums over an epoch are, before {@link #endEpoch}. */
    void sums(int shard, double[] sums);

    /**
     * Meets the others at the end of an epoch.
     *
     * @param evaluated whether the sums are those of the test rows
     */
    Next endEpoch(boolean evaluated);

    /** Says that this worker has done all it was to do. */
    void complete();

    /** Leaves; without {@link #complete} the others cannot go on either. */
    @Override
    void close();
}
