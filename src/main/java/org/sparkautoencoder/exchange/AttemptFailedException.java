package org.sparkautoencoder.exchange;

/** A worker cannot go on because another one left, or came not in time; Spark's retry of the stage mends it. */
public final class AttemptFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AttemptFailedException(String message) {
        super(message);
    }
}
