package org.sparkautoencoder.digits;

/** The user's data cannot be used; the message is one line that says where, what and what to do. */
public class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInputException(String message) {
        super(message);
    }

    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
