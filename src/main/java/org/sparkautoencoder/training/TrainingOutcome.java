package org.sparkautoencoder.training;

import java.util.Locale;

/** How a training ended. */
public enum TrainingOutcome {
    /** All epochs are done. */
    FINISHED,
    /** The stop rule fired. */
    STOPPED_EARLY,
    /** A loss was not finite. */
    DIVERGED,
    /** It was asked to stop. */
    KILLED;

    /** As the tables and models call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
