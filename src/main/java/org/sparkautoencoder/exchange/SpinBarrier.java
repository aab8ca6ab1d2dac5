package org.sparkautoencoder.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a fixed number of threads meet, again and again, within a microsecond when each has a core of its own. The last
 * to arrive may run an action while the others wait. Any thread may break it, and then all leave with an exception.
 */
final class SpinBarrier {
    // Sense-reversing central barrier (Mellor-Crummey and Scott, ACM TOCS 9, 1991) with a generation counter as sense.
    // Where there is a core for each, spins for a moment, then sleeps until the last to arrive wakes it; elsewhere it
    // sleeps
    // at once and leaves its core to who has work. Where a sleep happens although there is a core for
    // each, all waits spin for the next tenth of a second, at most once a second: two threads that have come to share
    // a core while another is idle are then seen to compete, time slice after time slice, and one is moved. Threads
    // that take turns by sleeping or yielding stay where they are, and a step takes twice as long.
    private static final long SPIN_NANOS = 100_000;
    private static final long COMPETING_NANOS = 100_000_000;
    private static final long BETWEEN_COMPETITIONS_NANOS = 900_000_000;
    private static final int SPINS_BETWEEN_LOOKS_AT_THE_CLOCK = 256;
    private static final long LONGEST_SLEEP_NANOS = 1_000_000; // until it looks whether the barrier is broken

    private final int parties;
    private final long limitNanos;
    private final boolean coresForAll;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReferenceArray<Thread> sleepers; // by the order of arrival
    private volatile int generation;
    private volatile long competitionEnd = System.nanoTime();
    private volatile long nextCompetition = competitionEnd;
    private volatile String broken;

    SpinBarrier(int parties, long limitNanos) {
        this.parties = parties;
        this.limitNanos = limitNanos;
        this.sleepers = new AtomicReferenceArray<>(parties);
        this.coresForAll = parties <= Runtime.getRuntime().availableProcessors();
    }

    /** Waits for all, without an action. */
    void await() {
        await(null);
    }

    /**
     * Waits for all.
     *
     * @param action run by the last to arrive before any goes on; may be null
     * @throws AttemptFailedException when the barrier was broken, this thread is interrupted or the time limit passed
     */
    void await(Runnable action) {
        int current = generation;
        check();
        int place = arrived.getAndIncrement();
        if (place == parties - 1) {
            if (action != null) {
                try {
                    action.run();
                } catch (RuntimeException | Error e) {
                    abort(e instanceof AttemptFailedException ? e.getMessage() : "what all waited for failed: " + e);
                    throw e;
                }
            }
            arrived.set(0);
            generation = current + 1;
            wakeAll();
            return;
        }
        if (coresForAll) {
            spin(current);
        }
        if (generation == current) {
            sleep(current, place);
        }
    }

    private void spin(int current) {
        long end = 0;
        while (broken == null) {
            for (int i = 0; i < SPINS_BETWEEN_LOOKS_AT_THE_CLOCK; i++) {
                if (generation != current) {
                    return;
                }
                Thread.onSpinWait();
            }
            long now = System.nanoTime();
            if (end == 0) {
                end = now + SPIN_NANOS;
            } else if (now - end > 0 && !competes(now)) {
                return;
            }
        }
    }

    private boolean competes(long now) {
        if (now - nextCompetition > 0) {
            competitionEnd = now + COMPETING_NANOS;
            nextCompetition = competitionEnd + BETWEEN_COMPETITIONS_NANOS;
        }
        return now - competitionEnd < 0;
    }

    private void sleep(int current, int place) {
        Thread self = Thread.currentThread();
        sleepers.set(place, self);
        long deadline = System.nanoTime() + limitNanos;
        try {
            while (generation == current) {
                check();
                if (System.nanoTime() > deadline) {
                    abort("waited " + limitNanos / 1_000_000_000L + " s, and " + (parties - arrived.get()) + " of "
                            + parties + " workers did not come");
                }
                LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
            }
        } finally {
            sleepers.compareAndSet(place, self, null); // who has this place next time may be there already
        }
    }

    private void wakeAll() {
        for (int i = 0; i < parties - 1; i++) {
            Thread sleeper = sleepers.get(i);
            if (sleeper != null) {
                LockSupport.unpark(sleeper);
            }
        }
    }

    /** Makes all that wait, and all that come later, leave with an exception. */
    void abort(String reason) {
        if (broken == null) {
            broken = reason;
        }
    }

    private void check() {
        if (broken != null) {
            throw new AttemptFailedException(broken);
        }
        if (Thread.currentThread().isInterrupted()) {
            abort("a worker was interrupted");
            throw new AttemptFailedException(broken);
        }
    }
}
