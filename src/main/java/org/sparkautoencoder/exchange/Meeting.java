package org.sparkautoencoder.exchange;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.kernel.Pass;

/**
 * What the workers of one attempt share. A worker writes the entries of its own shards before the barrier; all read all
 * entries after it; the decisions are made by the last worker to arrive.
 */
final class Meeting {
    private final Coordinator coordinator;
    private final int attempt;
    private final SpinBarrier barrier;
    private final AtomicInteger present = new AtomicInteger();
    private final Pass[] passes;
    private final float[] losses;
    private final double[][] sums;
    private final Runnable decideStep = this::decideStep;
    private final Runnable decideTrained = this::decideTrained;
    private final Runnable decideEvaluated = this::decideEvaluated;
    private int epoch;
    private int step;
    private boolean goOn;
    private Next next = Next.CONTINUE;

    Meeting(Coordinator coordinator, int attempt, int workers, long limitNanos) {
        this.coordinator = coordinator;
        this.attempt = attempt;
        this.epoch = coordinator.epochs();
        this.barrier = new SpinBarrier(workers, limitNanos);
        this.passes = new Pass[coordinator.shards()];
        this.losses = new float[coordinator.shards()];
        this.sums = new double[coordinator.shards()][];
    }

    int attempt() {
        return attempt;
    }

    int epoch() {
        return epoch;
    }

    SpinBarrier barrier() {
        return barrier;
    }

    Pass[] passes() {
        return passes;
    }

    float[] losses() {
        return losses;
    }

    double[][] sums() {
        return sums;
    }

    void enter() {
        present.incrementAndGet();
    }

    void leave() {
        present.decrementAndGet();
    }

    boolean isEmpty() {
        return present.get() == 0;
    }

    /** Waits until the losses and factors of all shards are there; whether the update is to be made. */
    boolean meetForStep() {
        barrier.await(decideStep);
        return goOn;
    }

    /** Waits until the sums of all shards are there. */
    Next meetForEpoch(boolean evaluated) {
        barrier.await(evaluated ? decideEvaluated : decideTrained);
        return next;
    }

    private void decideStep() {
        goOn = !coordinator.stopRequested();
        for (float loss : losses) {
            if (!Float.isFinite(loss)) {
                goOn = false;
                coordinator.rule().diverged(attempt, epoch, step);
                break;
            }
        }
        step++;
    }

    private void decideTrained() {
        next = coordinator.rule().trained(attempt, epoch, total());
        endEpoch();
    }

    private void decideEvaluated() {
        next = coordinator.rule().evaluated(attempt, epoch, total());
        endEpoch();
    }

    private void endEpoch() {
        if (next != Next.EVALUATE) {
            epoch++;
            step = 0;
            coordinator.keepSafe(epoch);
        }
    }

    private double[] total() {
        double[] total = null;
        for (double[] sum : sums) {
            if (sum != null) {
                total = total == null ? new double[sum.length] : total;
                for (int i = 0; i < total.length; i++) {
                    total[i] += sum[i];
                }
            }
        }
        Arrays.fill(sums, null);
        return total == null ? new double[0] : total;
    }
}
