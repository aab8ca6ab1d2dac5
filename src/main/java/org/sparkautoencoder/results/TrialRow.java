package org.sparkautoencoder.results;

/**
 * A trial of a sweep. It stands under the sweep's own id as run id; the trial's own tables under trialRunId.
 *
 * @param sweepId the sweep
 * @param trial from 0, in the order of the grid
 * @param trialRunId the run id of the trial's own rows; null if it never started
 * @param status how the trial stands
 * @param learningRate at least 0
 * @param trainError of the last epoch; null if there is none
 * @param testError at the end; null if there is none
 * @param epochs done, at least 0
 * @param seconds wall time of the training, at least 0
 * @param error why it failed; null if it did not
 * @param settings what the sweep varies, with this trial's values, a line {@code name=value} each; null if unknown
 * @param objective what the sweep compares: test-error, train-error or test-accuracy; null if unknown
 * @param objectiveValue its value; null if there is none
 * @param decision at which epoch it was given up or went on, and why; null where nothing was decided
 */
public record TrialRow(
        String sweepId,
        int trial,
        String trialRunId,
        Status status,
        double learningRate,
        Double trainError,
        Double testError,
        int epochs,
        double seconds,
        String error,
        String settings,
        String objective,
        Double objectiveValue,
        String decision) {

    public TrialRow {
        ColumnChecks.given("sweep_id", sweepId);
        ColumnChecks.atLeast("trial", trial, 0);
        ColumnChecks.given("status", status);
        ColumnChecks.notNegative("learning_rate", learningRate);
        ColumnChecks.atLeast("epochs", epochs, 0);
        ColumnChecks.notNegative("seconds", seconds);
    }
}
