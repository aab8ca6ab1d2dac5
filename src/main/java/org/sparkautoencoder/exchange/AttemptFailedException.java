package org.sparkautoencoder.exchange;

/** A worker cannot continue because another one failed or did not respond in time; Spark then retries the stage. */
public final class AttemptFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AttemptFailedException(String message) {
        super(message);
    }
}
