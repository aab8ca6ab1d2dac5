package org.sparkautoencoder.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a fixed number of threads meet, again and again, within a microsecond when each has a core of its own. The last
 * to arrive may run an action while the others wait. Any thread may break it, and then all leave with an exception.
 */
final class SpinBarrier {
    // Sense-reversing central barrier (Mellor-Crummey and Scott, ACM TOCS 9, 1991) with a generation counter as sense.
    // Spins first; then yields, for threads that outnumber the cores; then sleeps, for a straggler.
    private static final int SPINS = 2_000;
    private static final int YIELDS = 2_000;
    private static final long NAP_NANOS = 50_000;

    private final int parties;
    private final long limitNanos;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int generation;
    private volatile String broken;

    SpinBarrier(int parties, long limitNanos) {
        this.parties = parties;
        this.limitNanos = limitNanos;
    }

    /** Waits for all, without an action. */
    void await() {
        await(null);
    }

    /**
     * Waits for all.
     *
     * @param action run by the last to arrive before any goes on; may be null
     * @throws BrokenMeetingException when the barrier was broken, this thread is interrupted or the time limit passed
     */
    @SuppressWarnings("ThreadPriorityCheck") // yields, so that more workers than cores are slow and not stuck
    void await(Runnable action) {
        int current = generation;
        check();
        if (arrived.incrementAndGet() == parties) {
            if (action != null) {
                try {
                    action.run();
                } catch (RuntimeException | Error e) {
                    breakUp(e instanceof BrokenMeetingException ? e.getMessage() : "what all waited for failed: " + e);
                    throw e;
                }
            }
            arrived.set(0);
            generation = current + 1;
            return;
        }
        for (int i = 0; generation == current && i < SPINS; i++) {
            Thread.onSpinWait();
        }
        for (int i = 0; generation == current && i < YIELDS; i++) {
            Thread.yield();
        }
        long deadline = generation == current ? System.nanoTime() + limitNanos : 0;
        while (generation == current) {
            check();
            if (System.nanoTime() > deadline) {
                breakUp("waited " + limitNanos / 1_000_000_000L + " s, and " + (parties - arrived.get()) + " of "
                        + parties + " workers did not come");
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    /** Makes all that wait, and all that come later, leave with an exception. */
    void breakUp(String reason) {
        if (broken == null) {
            broken = reason;
        }
    }

    private void check() {
        if (broken != null) {
            throw new BrokenMeetingException(broken);
        }
        if (Thread.currentThread().isInterrupted()) {
            breakUp("a worker was interrupted");
            throw new BrokenMeetingException(broken);
        }
    }
}
