package org.sparkautoencoder.runs;

/** Whether the user has asked for an early end of all runs. Any thread. */
public final class Cancellation {
    private volatile boolean requested;

    public void request() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }
}
