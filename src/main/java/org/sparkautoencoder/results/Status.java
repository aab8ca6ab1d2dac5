package org.sparkautoencoder.results;

import java.util.Arrays;
import java.util.Locale;

/** How a run or a trial stands; in the tables its name in lower case. */
public enum Status {
    /** Of a trial: not begun. */
    WAITING,
    RUNNING,
    FINISHED,
    STOPPED_EARLY,
    DIVERGED,
    FAILED,
    KILLED;

    /** As it stands in the tables. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status with this text.
     *
     * @throws IllegalArgumentException if no status has this text
     */
    public static Status of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no status that this version knows"));
    }
}
