package org.sparkautoencoder.results;

import java.time.Instant;

/**
 * A run: its settings, platform and outcome. The components of the parts are columns like the others.
 *
 * @param experiment the command or experiment that the run belongs to
 * @param model autoencoder, denoising or classifier
 * @param state status and times
 * @param data the data set
 * @param training settings that determine the result
 * @param platform workers, BLAS and versions
 * @param weightsSha256 hex SHA-256 of the final weights; null before the end
 * @param origin parent run and sweep
 * @param error why it failed; null if it did not
 * @param settings the effective options, a line {@code name=value} each
 * @param fingerprints of the rows
 * @param resumed how many times it was resumed from a checkpoint; null in tables of earlier versions
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
        RunFingerprints fingerprints,
        Integer resumed) {

    public RunRow {
        ColumnChecks.notNull("experiment", experiment);
        ColumnChecks.notNull("model", model);
    }

    /** A copy with another number of executors. */
    public RunRow withExecutors(int count) {
        return with(state, platform.withExecutors(count), weightsSha256, error);
    }

    /** A copy in another state. */
    RunRow withState(RunState newState) {
        return with(newState, platform, weightsSha256, error);
    }

    /**
     * A copy at the end of the run.
     *
     * @param sha256 hex SHA-256 of the final weights; null if there are none
     * @param reason why it failed; null if it did not
     */
    public RunRow ended(Status status, Instant endTime, String sha256, String reason) {
        return with(new RunState(status, state.startTime(), endTime), platform, sha256, reason);
    }

    /** A copy for a run that goes on with what another row began. */
    public RunRow resuming(RunRow before) {
        int times = before.resumed == null ? 0 : before.resumed;
        return new RunRow(
                before.experiment,
                model,
                new RunState(state.status(), before.state.startTime(), null),
                before.data,
                training,
                platform,
                weightsSha256,
                before.origin,
                error,
                settings,
                fingerprints,
                times + 1);
    }

    private RunRow with(RunState newState, RunPlatform newPlatform, String sha256, String reason) {
        return new RunRow(
                experiment,
                model,
                newState,
                data,
                training,
                newPlatform,
                sha256,
                origin,
                reason,
                settings,
                fingerprints,
                resumed);
    }
}
