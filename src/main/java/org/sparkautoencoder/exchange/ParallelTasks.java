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
 * What the workers of one attempt in one JVM share: the barrier, the way to the driver, and whatever one of them makes for all.
 * What has no volatile is written by the last worker to reach a barrier and read by all behind it.
 */
final class ParallelTasks {
    private final WorkerRank place;
    private final DriverLink link;
    private final SpinBarrier barrier;
    private final AtomicInteger present = new AtomicInteger();
    private final Object[] contributions; // by rank
    private final TimeSpent[] spent; // by rank
    private final int[] workers; // by rank
    private final Runnable endStep = this::endStep;
    private volatile boolean notFinite;
    private Object combined;
    private boolean goesOn;
    private int step;
    private Next next = Next.CONTINUE;

    ParallelTasks(WorkerRank place, DriverLink link, int limitSeconds) {
        this.place = place;
        this.link = link;
        this.barrier = new SpinBarrier(place.tasks(), limitSeconds * 1_000_000_000L);
        this.contributions = new Object[place.tasks()];
        this.spent = new TimeSpent[place.tasks()];
        this.workers = new int[place.tasks()];
    }

    WorkerRank place() {
        return place;
    }

    DriverLink link() {
        return link;
    }

    SpinBarrier barrier() {
        return barrier;
    }

    void enter(int rank, int worker) {
        workers[rank] = worker;
        present.incrementAndGet();
    }

    /** How many are left when this one has left. */
    int leave() {
        return present.decrementAndGet();
    }

    boolean isEmpty() {
        return present.get() == 0;
    }

    /** Waits until each worker has contributed something, and gives all what one of them makes of that. */
    @SuppressWarnings("unchecked")
    <T, R> R combine(int rank, T contribution, Function<List<T>, R> once) {
        contributions[rank] = contribution;
        barrier.await(() -> {
            List<T> all = new ArrayList<>();
            for (Object one : contributions) {
                all.add((T) one);
            }
            combined = once.apply(all);
        });
        R result = (R) combined;
        barrier.await(); // so that nobody combines anew before all have it
        return result;
    }

    /** Takes the state to begin with. */
    boolean begin(int[] shards) {
        barrier.await(() -> goesOn = link.begin(shards));
        return goesOn;
    }

    /** Waits until all have computed the losses of the step; whether it goes on. */
    boolean awaitLosses(boolean finite) {
        if (!finite) {
            notFinite = true;
        }
        barrier.await(endStep);
        return goesOn;
    }

    // Where there are several executors, the driver decides when it has heard of all of them.
    private void endStep() {
        if (place.executors() == 1) {
            if (notFinite) {
                link.diverged(step);
                goesOn = false;
            } else {
                goesOn = !link.stopRequested();
            }
        }
        step++;
    }

    boolean isFinite() {
        return !notFinite;
    }

    /** Waits for all and reports to the driver; {@code time} is null after an evaluation. */
    Next endEpoch(int rank, TimeSpent time, Supplier<Map<Integer, double[]>> sums) {
        spent[rank] = time;
        boolean evaluated = time == null;
        barrier.await(() -> {
            Map<Integer, TimeSpent> times = new LinkedHashMap<>();
            for (int i = 0; i < spent.length && !evaluated; i++) {
                times.put(workers[i], spent[i]);
            }
            next = link.endEpoch(new EpochReport(times, sums.get()), evaluated);
            step = next == Next.EVALUATE ? step : 0;
        });
        return next;
    }
}
