package org.sparkautoencoder.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A reusable barrier for a fixed number of threads, with a latency below a microsecond if each has a core of its own. The last
 * thread to arrive may run an action while the others wait. Any thread may abort it; then all threads get an exception.
 */
final class SpinBarrier {
    // Sense-reversing central barrier (Mellor-Crummey and Scott, ACM TOCS 9, 1991) with a generation counter as sense.
    // With a core for each thread a waiting thread spins briefly and then parks until the last one wakes it; with fewer
    // cores it parks at once. If a thread has to park although there are enough cores, all waits spin for the next
    // tenth of a second, at most once a second: two threads that share a core while another core is idle are then both
    // runnable, and the scheduler moves one. Threads that alternate by parking or yielding are not moved, and a step
    // takes twice as long.
    private static final long SPIN_NANOS = 100_000;
    private static final long LONG_SPIN_NANOS = 100_000_000;
    private static final long LONG_SPIN_INTERVAL_NANOS = 900_000_000;
    private static final int SPINS_PER_CLOCK_READ = 256;
    private static final long MAX_PARK_NANOS = 1_000_000; // bounds the delay of an abort

    private final int parties;
    private final long timeoutNanos;
    private final boolean coreForEach;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReferenceArray<Thread> parked; // by order of arrival
    private volatile int generation;
    private volatile long longSpinEnd = System.nanoTime();
    private volatile long nextLongSpin = longSpinEnd;
    private volatile String abortReason;

    SpinBarrier(int parties, long timeoutNanos) {
        this.parties = parties;
        this.timeoutNanos = timeoutNanos;
        this.parked = new AtomicReferenceArray<>(parties);
        this.coreForEach = parties <= Runtime.getRuntime().availableProcessors();
    }

    /** Waits for all threads. */
    void await() {
        await(null);
    }

    /**
     * Waits for all threads.
     *
     * @param action run by the last thread to arrive before any continues; may be null
     * @throws AttemptFailedException if the barrier was aborted, this thread is interrupted or the time limit passed
     */
    void await(Runnable action) {
        int current = generation;
        checkNotAborted();
        int order = arrived.getAndIncrement();
        if (order == parties - 1) {
            if (action != null) {
                try {
                    action.run();
                } catch (RuntimeException | Error e) {
                    abort(
                            e instanceof AttemptFailedException
                                    ? e.getMessage()
                                    : "the action at a barrier failed: " + e);
                    throw e;
                }
            }
            arrived.set(0);
            generation = current + 1;
            wakeAll();
            return;
        }
        if (coreForEach) {
            spin(current);
        }
        if (generation == current) {
            park(current, order);
        }
    }

    private void spin(int current) {
        long end = 0;
        while (abortReason == null) {
            for (int i = 0; i < SPINS_PER_CLOCK_READ; i++) {
                if (generation != current) {
                    return;
                }
                Thread.onSpinWait();
            }
            long now = System.nanoTime();
            if (end == 0) {
                end = now + SPIN_NANOS;
            } else if (now - end > 0 && !spinsLong(now)) {
                return;
            }
        }
    }

    private boolean spinsLong(long now) {
        if (now - nextLongSpin > 0) {
            longSpinEnd = now + LONG_SPIN_NANOS;
            nextLongSpin = longSpinEnd + LONG_SPIN_INTERVAL_NANOS;
        }
        return now - longSpinEnd < 0;
    }

    private void park(int current, int order) {
        Thread self = Thread.currentThread();
        parked.set(order, self);
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            while (generation == current) {
                checkNotAborted();
                if (System.nanoTime() > deadline) {
                    abort("waited " + timeoutNanos / 1_000_000_000L + " s, and " + (parties - arrived.get()) + " of "
                            + parties + " workers did not arrive");
                }
                LockSupport.parkNanos(this, MAX_PARK_NANOS);
            }
        } finally {
            parked.compareAndSet(order, self, null); // the next generation may have set it already
        }
    }

    private void wakeAll() {
        for (int i = 0; i < parties - 1; i++) {
            Thread thread = parked.get(i);
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** Makes all current and later waits throw an exception; the first reason counts. */
    void abort(String reason) {
        if (abortReason == null) {
            abortReason = reason;
        }
    }

    private void checkNotAborted() {
        if (abortReason != null) {
            throw new AttemptFailedException(abortReason);
        }
        if (Thread.currentThread().isInterrupted()) {
            abort("a worker was interrupted");
            throw new AttemptFailedException(abortReason);
        }
    }
}
