package org.sparkautoencoder.training;

/** How a training ended. */
public enum TrainingOutcome {
    /** All epochs are done. */
    FINISHED,
    /** The stop rule fired. */
    STOPPED_EARLY,
    /** A loss was not finite. */
    DIVERGED,
    /** It was asked to stop. */
    KILLED
}
