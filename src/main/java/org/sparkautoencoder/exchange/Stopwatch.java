package org.sparkautoencoder.exchange;

/** Measures the time that a worker spends in each phase of a step. For one thread; allocates nothing until it is read. */
public final class Stopwatch {
    /** The phases of a step. */
    public enum Phase {
        COMPUTE,
        COPY,
        WIRE,
        WAIT
    }

    private Phase phase = Phase.COMPUTE;
    private long since;
    private long compute;
    private long copy;
    private long wire;
    private long wait;

    /** Resets all times and starts with {@link Phase#COMPUTE}. */
    public void start() {
        compute = 0;
        copy = 0;
        wire = 0;
        wait = 0;
        phase = Phase.COMPUTE;
        since = System.nanoTime();
    }

    /** Ends the current phase and starts {@code next}. */
    public void switchTo(Phase next) {
        long now = System.nanoTime();
        long nanos = now - since;
        switch (phase) {
            case COMPUTE -> compute += nanos;
            case COPY -> copy += nanos;
            case WIRE -> wire += nanos;
            case WAIT -> wait += nanos;
        }
        since = now;
        phase = next;
    }

    /** Counts some of the time on the wire as waiting for other workers instead. */
    void moveWireToWait(long nanos) {
        wire -= nanos;
        wait += nanos;
    }

    /** The times from {@link #start} to the last {@link #switchTo}. */
    TimeSpent spent() {
        return new TimeSpent(compute / 1e9, copy / 1e9, wire / 1e9, wait / 1e9);
    }
}
