package org.sparkautoencoder.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkautoencoder.exchange.EpochRule.Next;

/**
 * What the executors of one attempt report of an epoch, and what follows when all have. Reports come from any thread;
 * what follows is decided by one, when all are there.
 */
final class EpochProgress {
    private final Coordinator coordinator;
    private final int attempt;
    private final double[][] sums; // by shard
    private final TimeSpent[] spent; // by worker
    private int epoch;

    EpochProgress(Coordinator coordinator, int attempt, int workers) {
        this.coordinator = coordinator;
        this.attempt = attempt;
        this.epoch = coordinator.epochs();
        this.sums = new double[coordinator.shards()][];
        this.spent = new TimeSpent[workers];
    }

    int attempt() {
        return attempt;
    }

    int epoch() {
        return epoch;
    }

    // Test and training rows of a shard may be on two executors; each then reports zeros for what the other has.
    synchronized void add(EpochReport report) {
        report.sums().forEach((shard, values) -> {
            if (sums[shard] == null) {
                sums[shard] = new double[values.length];
            }
            for (int i = 0; i < values.length; i++) {
                sums[shard][i] += values[i];
            }
        });
        report.spent().forEach((worker, time) -> spent[worker] = time);
    }

    /** A loss of a step was not finite: the training is over. */
    void diverged(int step) {
        coordinator.rule().diverged(attempt, epoch, step);
        coordinator.end();
    }

    /** All reports of an epoch, or of an evaluation, are there. */
    Next epochEnd(boolean evaluated) {
        Next next = evaluated
                ? coordinator.rule().evaluated(attempt, epoch, total())
                : coordinator.rule().trained(attempt, epoch, total(), meanTimeSpent());
        if (next != Next.EVALUATE) {
            epoch++;
            coordinator.takeSnapshot(epoch);
        }
        if (next == Next.STOP) {
            coordinator.end();
        }
        return next;
    }

    private TimeSpent meanTimeSpent() {
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
