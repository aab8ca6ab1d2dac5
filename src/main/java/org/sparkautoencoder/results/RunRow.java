package org.sparkautoencoder.results;

import java.time.Instant;

/**
 * A run: its settings, what it ran on, how it ended. The parts' components are columns like the others.
 *
 * @param experiment what the run belongs to, the user's word
 * @param model autoencoder, classifier or the like
 * @param state how it stands
 * @param data its rows
 * @param training what decides what it learns
 * @param platform what it runs on
 * @param weightsSha256 hex SHA-256 of the final weights; null until there are some
 * @param origin what it began with and belongs to
 * @param error why it failed; null if it did not
 * @param settings the effective options, a line {@code name=value} each
 * @param fingerprints of its rows
 */
public record RunRow(
        String experiment,
        String model,
        RunState state,
        RunData data,
        RunSettings training,
        RunPlatform platform,
        String weightsSha256,
        RunOrigin origin,
        String error,
        String settings,
        RunFingerprints fingerprints) {

    public RunRow {
        ColumnChecks.notNull("experiment", experiment);
        ColumnChecks.notNull("model", model);
    }

    /** The same run, when it is known in how many JVMs its workers are. */
    public RunRow on(int known) {
        return with(state, platform.on(known), weightsSha256, error);
    }

    /**
     * The same run at its end.
     *
     * @param weights hex SHA-256 of the final weights; null if there are none
     * @param reason why it failed; null if it did not
     */
    public RunRow ended(Status how, Instant when, String weights, String reason) {
        return with(new RunState(how, state.startTime(), when), platform, weights, reason);
    }

    private RunRow with(RunState newState, RunPlatform newPlatform, String weights, String reason) {
        return new RunRow(
                experiment,
                model,
                newState,
                data,
                training,
                newPlatform,
                weights,
                origin,
                reason,
                settings,
                fingerprints);
    }
}
