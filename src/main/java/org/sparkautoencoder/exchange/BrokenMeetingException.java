package org.sparkautoencoder.exchange;

/** A worker cannot go on because another one left, or came not in time; Spark's retry of the stage mends it. */
public final class BrokenMeetingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenMeetingException(String message) {
        super(message);
    }
}
