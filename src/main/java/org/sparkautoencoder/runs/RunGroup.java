package org.sparkautoencoder.runs;

import org.sparkautoencoder.training.PauseSchedule;

/**
 * The sweep or study that a run belongs to, and how it takes part.
 *
 * @param experiment the user's word for it
 * @param sweepId the group of runs; null for none
 * @param title which part of the group the run is, for the console and Spark's UI; null for a run of its own
 * @param pauses where the training pauses
 * @param keepsModel whether the run saves its model
 */
public record RunGroup(String experiment, String sweepId, String title, PauseSchedule pauses, boolean keepsModel) {

    /** A run of its own. */
    public static RunGroup single(String experiment) {
        return new RunGroup(experiment, null, null, PauseSchedule.NONE, true);
    }
}
