package org.sparkautoencoder.csv;

/**
 * Input that the user can correct. The message is one line for the user: file, line, column and value where there are
 * such, and what to do.
 */
public class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInputException(String message) {
        super(message);
    }

    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
