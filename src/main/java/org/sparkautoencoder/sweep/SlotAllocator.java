package org.sparkautoencoder.sweep;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Allocates task slots to trainings, in the order of their requests. A training gets slots for all its workers at once and
 * keeps them until it ends, so barrier stages cannot deadlock on slots that another, partly started stage occupies. Thread-safe.
 */
public final class SlotAllocator {
    private final int slots;
    private final Semaphore freeSlots;
    private final Semaphore permits;
    private volatile boolean closed;

    /**
     * @param slots number of tasks that can run at once
     * @param parallel maximum number of trainings at once
     */
    public SlotAllocator(int slots, int parallel) {
        if (slots < 1 || parallel < 1) {
            throw new IllegalArgumentException(
                    "slots and parallel trainings must be at least 1, got " + slots + " and " + parallel);
        }
        this.slots = slots;
        this.freeSlots = new Semaphore(slots, true);
        this.permits = new Semaphore(parallel, true);
    }

    /**
     * Waits for the slots of a training's workers.
     *
     * @throws IllegalArgumentException if there are fewer slots than workers
     */
    public Allocation allocate(int workers) {
        if (workers > slots) {
            throw new IllegalArgumentException(workers + " workers need " + workers + " slots, there are " + slots);
        }
        acquire(workers);
        return new Allocation(workers);
    }

    /** Marks the allocator as closed. It still allocates; a training must check {@link #isClosed} before it starts. */
    public void close() {
        closed = true;
    }

    /**
     * The number of workers of one of several trainings. If the trainings do not fill whole rounds of slots, the first ones
     * get more workers, so that no slot is idle in the last round.
     *
     * @param training index, from 0
     */
    public static int workers(int training, int trainings, int slots) {
        int first = trainings % slots;
        return training < first ? slots / first : Math.max(1, slots / trainings);
    }

    public boolean isClosed() {
        return closed;
    }

    private void acquire(int workers) {
        permits.acquireUninterruptibly();
        freeSlots.acquireUninterruptibly(workers);
    }

    private void release(int workers) {
        freeSlots.release(workers);
        permits.release();
    }

    /** The slots of one training. For one thread. */
    public final class Allocation implements AutoCloseable {
        private final int workers;

        private Allocation(int workers) {
            this.workers = workers;
        }

        /** Releases the slots while an action waits, then allocates them again. */
        public boolean releaseDuring(BooleanSupplier action) {
            release(workers);
            try {
                return action.getAsBoolean();
            } finally {
                acquire(workers);
            }
        }

        @Override
        public void close() {
            release(workers);
        }
    }
}
