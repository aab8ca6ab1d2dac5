package org.sparkautoencoder.training;

/** The Spark job of a training failed; the message is one line. */
public final class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainingFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
