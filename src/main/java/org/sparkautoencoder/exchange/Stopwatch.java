package org.sparkautoencoder.exchange;

/** Splits a worker's time by what it does. For one thread; allocates nothing until it is read. */
public final class Stopwatch {
    /** What a worker does. */
    public enum Part {
        COMPUTE,
        COPY,
        WIRE,
        WAIT
    }

    private Part part = Part.COMPUTE;
    private long since;
    private long compute;
    private long copy;
    private long wire;
    private long wait;

    /** Forgets all; what follows is computing until {@link #next} says otherwise. */
    public void start() {
        compute = 0;
        copy = 0;
        wire = 0;
        wait = 0;
        part = Part.COMPUTE;
        since = System.nanoTime();
    }

    /** What follows is {@code next}. */
    public void next(Part next) {
        long now = System.nanoTime();
        long nanos = now - since;
        switch (part) {
            case COMPUTE -> compute += nanos;
            case COPY -> copy += nanos;
            case WIRE -> wire += nanos;
            case WAIT -> wait += nanos;
        }
        since = now;
        part = next;
    }

    /** Says that of what was counted as on the wire, so many nanoseconds were waiting for other workers. */
    void wireWasWait(long nanos) {
        wire -= nanos;
        wait += nanos;
    }

    /** The time since {@link #start}, up to the last {@link #next}. */
    TimeSpent spent() {
        return new TimeSpent(compute / 1e9, copy / 1e9, wire / 1e9, wait / 1e9);
    }
}
