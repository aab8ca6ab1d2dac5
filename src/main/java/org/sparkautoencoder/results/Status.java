package org.sparkautoencoder.results;

import java.util.Arrays;
import java.util.Locale;

/** The status of a run or a trial; stored as its name in lower case. */
public enum Status {
    /** A trial that has not started. */
    WAITING,
    RUNNING,
    FINISHED,
    STOPPED_EARLY,
    DIVERGED,
    FAILED,
    KILLED,
    /** One that says it is running and whose process is gone; shown, never stored. */
    LOST;

    /** Whether it is that of a run that has come to its end by itself. */
    public boolean isEnd() {
        return this == FINISHED || this == STOPPED_EARLY || this == DIVERGED;
    }

    /** The text in the tables. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a status by its text.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Status of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no status that this version knows"));
    }
}
