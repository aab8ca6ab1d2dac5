package org.sparkautoencoder.exchange;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Stopwatch.Part;
import org.sparkautoencoder.kernel.Pass;

/** Where workers are spread over executors: they meet at their executor's outpost, and the executors at the driver. */
final class TransportExchange implements Exchange {
    private final Outpost outpost;
    private final int worker;
    private final int turn;
    private final SliceUpdate update;
    private final Stopwatch stopwatch = new Stopwatch();
    private final Map<Integer, Pass> shards = new TreeMap<>();
    private final Runnable askBegin;
    private final Runnable askStep = this::askStep;
    private Pass[] own;
    private int[] places;
    private FloatBuffer view;
    private float[] gradient;
    private boolean complete;

    /** @param turn which of its executor's workers this is */
    TransportExchange(Outpost outpost, int worker, int turn) {
        this.outpost = outpost;
        this.worker = worker;
        this.turn = turn;
        this.askBegin = outpost::begin;
        this.update = new SliceUpdate(outpost.run().layers(), outpost.run().momentum());
    }

    @Override
    public void share(int shard, Pass pass) {
        shards.put(shard, pass);
        outpost.share(shard, pass);
    }

    @Override
    public boolean begin() {
        outpost.barrier().await(askBegin);
        own = shards.values().toArray(Pass[]::new);
        places = shards.keySet().stream().mapToInt(outpost::indexOf).toArray();
        view = outpost.view();
        gradient = new float[outpost.factored() ? 0 : outpost.parameters().length];
        return outpost.goesOn();
    }

    @Override
    public int epoch() {
        return outpost.epoch();
    }

    @Override
    public float[] parameters() {
        return outpost.parameters();
    }

    @Override
    public Stopwatch stopwatch() {
        return stopwatch;
    }

    @Override
    public void loss(int shard, float loss) {
        outpost.put(outpost.indexOf(shard), shards.get(shard).rows(), loss);
    }

    @Override
    public boolean step() {
        for (int i = 0; i < own.length; i++) {
            put(own[i], places[i]);
        }
        stopwatch.next(Part.WAIT);
        outpost.barrier().await(askStep);
        if (!outpost.goesOn()) {
            return false;
        }
        if (outpost.factored()) {
            stopwatch.next(Part.COMPUTE);
            for (int slice = turn; slice < update.slices(); slice += outpost.workers()) {
                update.apply(slice, outpost.passes(), outpost.parameters(), outpost.velocity());
            }
            stopwatch.next(Part.WAIT);
            outpost.barrier().await();
        }
        stopwatch.next(Part.COMPUTE);
        return true;
    }

    private void put(Pass pass, int place) {
        view.position(outpost.values(place));
        if (outpost.factored()) {
            stopwatch.next(Part.COPY);
            pass.putFactors(view);
        } else {
            stopwatch.next(Part.COMPUTE);
            update.gradient(pass, gradient);
            stopwatch.next(Part.COPY);
            view.put(gradient);
        }
    }

    private void askStep() {
        stopwatch.next(Part.WIRE);
        outpost.step();
        stopwatch.next(Part.WAIT);
        stopwatch.wireWasWait(outpost.keptNanos());
    }

    @Override
    public void sums(int shard, double[] sums) {
        outpost.sums(shard, sums);
    }

    @Override
    public Next endEpoch(boolean evaluated) {
        if (!evaluated) {
            stopwatch.next(Part.WAIT);
            outpost.spent(worker, stopwatch.spent());
        }
        outpost.barrier().await(() -> outpost.endEpoch(evaluated));
        return outpost.next();
    }

    @Override
    public void complete() {
        complete = true;
    }

    @Override
    public void close() {
        outpost.leave(complete, worker);
    }
}
