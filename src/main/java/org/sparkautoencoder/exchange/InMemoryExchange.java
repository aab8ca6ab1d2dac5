package org.sparkautoencoder.exchange;

import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.Pass;

/**
 * A worker's way to meet the others where all share the driver's JVM: nothing is copied or serialised. For one thread.
 */
public final class InMemoryExchange implements AutoCloseable {
    // A step meets twice. At the first barrier every shard's factors (the inputs and deltas of its layers) are there;
    // then each worker adds the gradient of its own slices of the parameters, formed from the factors of all shards in
    // the order of the shards, to the velocity, and moves the parameters: no gradient is ever stored. At the second
    // barrier all slices are updated. Slices follow from the number of shards, so that every product has the
    // same shape, and so the same bits, for any number of workers.
    private static final int MOST_SLICES = 16;

    private final Coordinator coordinator;
    private final Meeting meeting;
    private final int worker;
    private final int workers;
    private final int slices;
    private boolean complete;

    InMemoryExchange(Coordinator coordinator, Meeting meeting, int worker, int workers) {
        this.coordinator = coordinator;
        this.meeting = meeting;
        this.worker = worker;
        this.workers = workers;
        this.slices = Math.min(coordinator.shards(), MOST_SLICES);
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
        for (int slice = worker; slice < slices; slice += workers) {
            update(slice);
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

    private void update(int slice) {
        Layers layers = coordinator.layers();
        Momentum momentum = coordinator.momentum();
        float[] parameters = coordinator.liveParameters();
        float[] velocity = coordinator.liveVelocity();
        for (int l = 1; l <= layers.depth(); l++) {
            int from = (int) ((long) layers.size(l) * slice / slices);
            int to = (int) ((long) layers.size(l) * (slice + 1) / slices);
            if (from == to) {
                continue;
            }
            float beta = momentum.beta();
            for (Pass pass : meeting.passes()) {
                if (pass.rows() > 0) {
                    pass.gradient(l, from, to, beta, velocity);
                    beta = 1;
                }
            }
            int width = layers.size(l - 1);
            int weights = layers.weights(l);
            int biases = layers.biases(l);
            momentum.move(parameters, velocity, weights + from * width, weights + to * width);
            momentum.move(parameters, velocity, biases + from, biases + to);
        }
    }
}
