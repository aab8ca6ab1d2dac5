package org.sparkautoencoder.exchange;

import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.kernel.Pass;

/**
 * A worker's way to meet the others where all share the driver's JVM: nothing is copied or serialised. For one thread.
 */
public final class InMemoryExchange implements AutoCloseable {
    // A step meets twice. At the first barrier every shard's factors (the inputs and deltas of its layers) are there;
    // then each worker adds the gradient of its own slices of the parameters, formed from the factors of all shards in
    // the order of the shards, to the velocity, and moves the parameters: no gradient is ever stored. At the second
    // barrier all slices are updated.

    private final Coordinator coordinator;
    private final Meeting meeting;
    private final int worker;
    private final int workers;
    private final SliceUpdate update;
    private boolean complete;

    InMemoryExchange(Coordinator coordinator, Meeting meeting, int worker, int workers) {
        this.coordinator = coordinator;
        this.meeting = meeting;
        this.worker = worker;
        this.workers = workers;
        this.update = new SliceUpdate(coordinator.layers(), coordinator.momentum(), coordinator.shards());
    }

    /** The epoch to begin with. */
    public int epoch() {
        return meeting.epoch();
    }

    /** The parameters of the present step; only to be read. */
    public float[] parameters() {
        return coordinator.liveParameters();
    }

    /** Says which pass is that of a shard, once, before the first step. */
    public void share(int shard, Pass pass) {
        meeting.passes()[shard] = pass;
    }

    /**
     * Meets the others when the passes of this worker's shards are complete, and makes the update with them.
     *
     * @return false when the training is over: it diverged, or was asked to stop
     */
    public boolean step() {
        if (!meeting.meetForStep()) {
            return false;
        }
        for (int slice = worker; slice < update.slices(); slice += workers) {
            update.apply(slice, meeting.passes(), coordinator.liveParameters(), coordinator.liveVelocity());
        }
        meeting.barrier().await();
        return true;
    }

    /** Says what a shard's loss in this step was, before {@link #step}. */
    public void loss(int shard, float loss) {
        meeting.losses()[shard] = loss;
    }

    /** Says what a shard's sums over an epoch are, before {@link #endEpoch}. */
    public void sums(int shard, double[] sums) {
        meeting.sums()[shard] = sums;
    }

    /**
     * Meets the others at the end of an epoch.
     *
     * @param evaluated whether the sums are those of the test rows
     */
    public Next endEpoch(boolean evaluated) {
        return meeting.meetForEpoch(evaluated);
    }

    /** Says that this worker has done all it was to do. */
    public void complete() {
        complete = true;
    }

    /** Leaves; without {@link #complete} the others cannot go on either. */
    @Override
    public void close() {
        if (!complete) {
            meeting.barrier().breakUp("worker " + worker + " failed");
        }
        meeting.leave();
    }
}
