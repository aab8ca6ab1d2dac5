package org.sparkautoencoder.sweep;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Lets trainings begin while there are slots for all their workers, in the order in which they ask. One that has begun
 * holds its slots to its end: so no barrier stage ever waits for slots that another, half-started one sits on. Any thread.
 */
public final class SlotAllocator {
    private final int slots;
    private final Semaphore free;
    private final Semaphore places;
    private volatile boolean closed;

    /**
     * @param slots how many tasks can run at once
     * @param parallel the most trainings at once, however few workers they have
     */
    public SlotAllocator(int slots, int parallel) {
        if (slots < 1 || parallel < 1) {
            throw new IllegalArgumentException(
                    "slots and parallel trainings must be at least 1, got " + slots + " and " + parallel);
        }
        this.slots = slots;
        this.free = new Semaphore(slots, true);
        this.places = new Semaphore(parallel, true);
    }

    /**
     * Waits for the slots of so many workers.
     *
     * @throws IllegalArgumentException for more workers than there are slots, who would wait forever
     */
    public Allocation hold(int workers) {
        if (workers > slots) {
            throw new IllegalArgumentException(workers + " workers need " + workers + " slots, there are " + slots);
        }
        acquire(workers);
        return new Allocation(workers);
    }

    /** From here on nothing is to begin; who waits is let in one by one, and finds it closed. */
    public void close() {
        closed = true;
    }

    /**
     * How many workers each of several trainings is given. They share the slots out; those that would be left over for a last
     * round go first, with more workers each, so that no slot is idle at the end.
     *
     * @param training its number, from 0
     */
    public static int workers(int training, int trainings, int slots) {
        int first = trainings % slots;
        return training < first ? slots / first : Math.max(1, slots / trainings);
    }

    public boolean isClosed() {
        return closed;
    }

    private void acquire(int workers) {
        places.acquireUninterruptibly();
        free.acquireUninterruptibly(workers);
    }

    private void release(int workers) {
        free.release(workers);
        places.release();
    }

    /** Slots that a training has. For one thread. */
    public final class Allocation implements AutoCloseable {
        private final int workers;

        private Allocation(int workers) {
            this.workers = workers;
        }

        /** Waits for something without slots, and then for the slots again. */
        public boolean without(BooleanSupplier something) {
            release(workers);
            try {
                return something.getAsBoolean();
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
