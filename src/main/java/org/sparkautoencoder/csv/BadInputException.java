package org.sparkautoencoder.csv;

import java.util.Locale;

/**
 * Input that the user can correct. The message is one line for the user: file, line, column and value where there are
 * such, and what to do. Characters that a terminal would obey, which it may quote from a file, are escaped.
 */
public class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInputException(String message) {
        super(escaped(message));
    }

    public BadInputException(String message, Throwable cause) {
        super(escaped(message), cause);
    }

    /** The first one among an error and its causes; null where there is none. Thrown in a task, it is the cause of Spark's own. */
    public static BadInputException in(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadInputException found) {
                return found;
            }
        }
        return null;
    }

    private static String escaped(String message) {
        if (message == null || message.chars().noneMatch(Character::isISOControl)) {
            return message;
        }
        StringBuilder escaped = new StringBuilder();
        message.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
