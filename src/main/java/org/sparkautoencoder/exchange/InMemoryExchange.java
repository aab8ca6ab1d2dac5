package org.sparkautoencoder.exchange;

import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Stopwatch.Part;
import org.sparkautoencoder.kernel.Pass;

/** Where all workers share the driver's JVM: nothing is copied or serialised. */
final class InMemoryExchange implements Exchange {
    // A step meets twice. At the first barrier every shard's factors (the inputs and deltas of its layers) are there;
    // then each worker adds the gradient of its own slices of the parameters, formed from the factors of all shards in
    // the order of the shards, to the velocity, and moves the parameters: no gradient is ever stored. At the second
    // barrier all slices are updated.
    private final Coordinator coordinator;
    private final Meeting meeting;
    private final int worker;
    private final int workers;
    private final SliceUpdate update;
    private final Stopwatch stopwatch = new Stopwatch();
    private boolean complete;

    InMemoryExchange(Coordinator coordinator, Meeting meeting, int worker, int workers) {
        this.coordinator = coordinator;
        this.meeting = meeting;
        this.worker = worker;
        this.workers = workers;
        this.update = new SliceUpdate(coordinator.layers(), coordinator.momentum());
    }

    @Override
    public int epoch() {
        return meeting.decisions().epoch();
    }

    @Override
    public float[] parameters() {
        return coordinator.liveParameters();
    }

    @Override
    public Stopwatch stopwatch() {
        return stopwatch;
    }

    @Override
    public void share(int shard, Pass pass) {
        meeting.passes()[shard] = pass;
    }

    @Override
    public boolean begin() {
        return !coordinator.isOver();
    }

    @Override
    public void loss(int shard, float loss) {
        meeting.decisions().loss(shard, loss);
    }

    @Override
    public boolean step() {
        stopwatch.next(Part.WAIT);
        if (!meeting.meetForStep()) {
            return false;
        }
        stopwatch.next(Part.COMPUTE);
        for (int slice = worker; slice < update.slices(); slice += workers) {
            update.apply(slice, meeting.passes(), coordinator.liveParameters(), coordinator.liveVelocity());
        }
        stopwatch.next(Part.WAIT);
        meeting.barrier().await();
        stopwatch.next(Part.COMPUTE);
        return true;
    }

    @Override
    public void sums(int shard, double[] sums) {
        meeting.decisions().sums(shard, sums);
    }

    @Override
    public Next endEpoch(boolean evaluated) {
        if (!evaluated) {
            stopwatch.next(Part.WAIT);
            meeting.decisions().spent(worker, stopwatch.spent());
        }
        return meeting.meetForEpoch(evaluated);
    }

    @Override
    public void complete() {
        complete = true;
    }

    @Override
    public void close() {
        if (!complete) {
            meeting.barrier().breakUp("worker " + worker + " failed");
        }
        meeting.leave();
    }
}
