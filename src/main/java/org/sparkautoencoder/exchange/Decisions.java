package org.sparkautoencoder.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkautoencoder.exchange.EpochRule.Next;

/**
 * What the shards of one attempt report, and what follows when all have. Each entry is written by one thread before all
 * meet; the decisions are made by one thread after that.
 */
final class Decisions {
    private final Coordinator coordinator;
    private final int attempt;
    private final float[] losses;
    private final double[][] sums;
    private final TimeSpent[] spent;
    private int epoch;
    private int step;

    Decisions(Coordinator coordinator, int attempt, int workers) {
        this.coordinator = coordinator;
        this.attempt = attempt;
        this.epoch = coordinator.epochs();
        this.losses = new float[coordinator.shards()];
        this.sums = new double[coordinator.shards()][];
        this.spent = new TimeSpent[workers];
    }

    int attempt() {
        return attempt;
    }

    int epoch() {
        return epoch;
    }

    void loss(int shard, float loss) {
        losses[shard] = loss;
    }

    void sums(int shard, double[] sums) {
        this.sums[shard] = sums;
    }

    void spent(int worker, TimeSpent spent) {
        this.spent[worker] = spent;
    }

    /** All losses of a step are there; whether the update is to be made. */
    boolean step() {
        boolean goOn = !coordinator.stopRequested();
        for (float loss : losses) {
            if (!Float.isFinite(loss)) {
                goOn = false;
                coordinator.rule().diverged(attempt, epoch, step);
                break;
            }
        }
        step++;
        return goOn;
    }

    /** All sums of an epoch, or of an evaluation, are there. */
    Next epochEnd(boolean evaluated) {
        Next next = evaluated
                ? coordinator.rule().evaluated(attempt, epoch, total())
                : coordinator.rule().trained(attempt, epoch, total(), spentInMean());
        if (next != Next.EVALUATE) {
            epoch++;
            step = 0;
            coordinator.keepSafe(epoch);
        }
        return next;
    }

    private TimeSpent spentInMean() {
        List<TimeSpent> known = new ArrayList<>();
        for (TimeSpent one : spent) {
            if (one != null) {
                known.add(one);
            }
        }
        return known.isEmpty() ? null : TimeSpent.mean(known);
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
