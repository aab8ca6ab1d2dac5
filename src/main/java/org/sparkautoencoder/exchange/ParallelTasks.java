package org.sparkautoencoder.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sparkautoencoder.exchange.EpochRule.Next;

/**
 * The state shared by the workers of one attempt in one JVM: the barrier, the link to the driver, and results that one of them
 * computes for all. The last worker to reach a barrier writes the fields that are not volatile, all read them after it.
 */
final class ParallelTasks {
    private final WorkerRank rank; // of the first worker to join
    private final DriverLink link;
    private final SpinBarrier barrier;
    private final AtomicInteger present = new AtomicInteger();
    private final Object[] values; // by local rank
    private final TimeSpent[] times; // by local rank
    private final int[] ranks; // by local rank
    private final Runnable endStep = this::endStep;
    private volatile boolean notFinite;
    private Object combined;
    private boolean continues;
    private int step;
    private Next next = Next.CONTINUE;

    ParallelTasks(WorkerRank rank, DriverLink link, int timeoutSeconds) {
        this.rank = rank;
        this.link = link;
        this.barrier = new SpinBarrier(rank.localWorkers(), timeoutSeconds * 1_000_000_000L);
        this.values = new Object[rank.localWorkers()];
        this.times = new TimeSpent[rank.localWorkers()];
        this.ranks = new int[rank.localWorkers()];
    }

    WorkerRank rank() {
        return rank;
    }

    DriverLink link() {
        return link;
    }

    SpinBarrier barrier() {
        return barrier;
    }

    void add(WorkerRank worker) {
        ranks[worker.localRank()] = worker.rank();
        present.incrementAndGet();
    }

    /** Removes a worker; returns how many are left. */
    int leave() {
        return present.decrementAndGet();
    }

    boolean isEmpty() {
        return present.get() == 0;
    }

    /** Waits for a value of each worker; one worker applies the function, all get the result. */
    @SuppressWarnings("unchecked")
    <T, R> R combine(int localRank, T value, Function<List<T>, R> combiner) {
        values[localRank] = value;
        barrier.await(() -> {
            List<T> all = new ArrayList<>();
            for (Object each : values) {
                all.add((T) each);
            }
            combined = combiner.apply(all);
        });
        R result = (R) combined;
        barrier.await(); // the result is not overwritten before all have read it
        return result;
    }

    /** Receives the initial state of the attempt. */
    boolean begin(int[] shards) {
        barrier.await(() -> continues = link.begin(shards));
        return continues;
    }

    /** Waits until all have computed the losses of the step; returns whether the training continues. */
    boolean awaitLosses(boolean finite) {
        if (!finite) {
            notFinite = true;
        }
        barrier.await(endStep);
        return continues;
    }

    // With several executors the driver decides, from the requests of all.
    private void endStep() {
        if (rank.executors() == 1) {
            if (notFinite) {
                link.diverged(step);
                continues = false;
            } else {
                continues = !link.stopRequested();
            }
        }
        step++;
    }

    boolean isFinite() {
        return !notFinite;
    }

    /** Waits for all workers and reports to the driver; {@code time} is null after an evaluation. */
    Next endEpoch(int localRank, TimeSpent time, Supplier<Map<Integer, double[]>> sums) {
        times[localRank] = time;
        boolean evaluated = time == null;
        barrier.await(() -> {
            Map<Integer, TimeSpent> byRank = new LinkedHashMap<>();
            for (int i = 0; i < times.length && !evaluated; i++) {
                byRank.put(ranks[i], times[i]);
            }
            next = link.endEpoch(new EpochReport(byRank, sums.get()), evaluated);
            step = next == Next.EVALUATE ? step : 0;
        });
        return next;
    }
}
