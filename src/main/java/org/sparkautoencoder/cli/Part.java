package org.sparkautoencoder.cli;

import org.sparkautoencoder.training.Pauses;

/**
 * What a run is a part of.
 *
 * @param experiment the user's word for it
 * @param sweepId the group of runs that it belongs to; null for none
 * @param title says in a few words which part it is, on the console and in Spark's UI
 * @param console where it shows itself beside others; null for a run of its own, which tells the console all about itself
 * @param pauses where it pauses
 * @param keepsModel whether it leaves a model
 */
record Part(String experiment, String sweepId, String title, Console console, Pauses pauses, boolean keepsModel) {

    /** A run of its own. */
    static Part alone(String experiment) {
        return new Part(experiment, null, null, null, Pauses.NONE, true);
    }
}
