package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkautoencoder.exchange.EpochRule.Next;

/**
 * Collects the executors' reports of an epoch in one attempt. Any thread may add a report; one thread ends the epoch when
 * all reports have arrived.
 */
final class EpochProgress {
    private final Coordinator coordinator;
    private final int attempt;
    private final double[][] sums; // by shard
    private final TimeSpent[] times; // by rank
    private int epoch;

    EpochProgress(Coordinator coordinator, int attempt, int workers) {
        this.coordinator = coordinator;
        this.attempt = attempt;
        this.epoch = coordinator.epochs();
        this.sums = new double[coordinator.shards()][];
        this.times = new TimeSpent[workers];
    }

    int epoch() {
        return epoch;
    }

    // A shard's training and test rows may be on two executors; each reports zeros for the rows of the other.
    synchronized void add(EpochReport report) {
        report.sums().forEach((shard, values) -> {
            if (sums[shard] == null) {
                sums[shard] = new double[values.length];
            }
            for (int i = 0; i < values.length; i++) {
                sums[shard][i] += values[i];
            }
        });
        report.times().forEach((rank, time) -> times[rank] = time);
    }

    /**
     * Adds a report that came over the network.
     *
     * @param hasState whether the parameters and the velocity follow the report
     * @throws IllegalArgumentException if it is malformed
     */
    void add(ByteBuffer message, boolean hasState) {
        EpochReport report = EpochReport.read(message, times.length, sums.length);
        float[] parameters = coordinator.state().parameters();
        if (message.remaining() != (hasState ? 8L * parameters.length : 0)) {
            throw new IllegalArgumentException(message.remaining() + " bytes after a report");
        }
        if (hasState) {
            message.asFloatBuffer().get(parameters).get(coordinator.state().velocity());
        }
        add(report);
    }

    /** Ends the training because a loss of a step was not finite. */
    void diverged(int step) {
        coordinator.rule().diverged(attempt, epoch, step);
        coordinator.finish();
    }

    /** Ends an epoch, or its evaluation, when all reports have arrived. */
    Next endEpoch(boolean evaluated) {
        Next next = evaluated
                ? coordinator.rule().evaluated(attempt, epoch, sumOverShards())
                : coordinator.rule().trained(attempt, epoch, sumOverShards(), meanTime());
        if (next != Next.EVALUATE) {
            epoch++;
            coordinator.state().takeSnapshot(epoch);
            coordinator.rule().completed(coordinator.state().snapshot());
        }
        if (next == Next.STOP) {
            coordinator.finish();
        }
        return next;
    }

    private TimeSpent meanTime() {
        List<TimeSpent> known = new ArrayList<>();
        for (TimeSpent time : times) {
            if (time != null) {
                known.add(time);
            }
        }
        return known.isEmpty() ? null : TimeSpent.mean(known);
    }

    private double[] sumOverShards() {
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
