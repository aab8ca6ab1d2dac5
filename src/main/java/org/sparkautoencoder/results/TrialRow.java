package org.sparkautoencoder.results;

/**
 * A trial of a sweep, stored with the sweep's id as run id. The components of the parts are columns like the others.
 *
 * @param sweepId the sweep
 * @param trial from 0, in the order of the grid
 * @param trialRunId the run id of the trial's own tables; null if it never started
 * @param status of the trial
 * @param learningRate at least 0
 * @param outcome of its training
 * @param settings the varied settings with this trial's values, a line {@code name=value} each; null if unknown
 * @param comparison with the other trials
 */
public record TrialRow(
        String sweepId,
        int trial,
        String trialRunId,
        Status status,
        double learningRate,
        Outcome outcome,
        String settings,
        Comparison comparison) {

    public TrialRow {
        ColumnChecks.notNull("sweep_id", sweepId);
        ColumnChecks.atLeast("trial", trial, 0);
        ColumnChecks.notNull("status", status);
        ColumnChecks.notNegative("learning_rate", learningRate);
    }

    /** A copy with another decision. */
    public TrialRow withDecision(String decision) {
        Comparison decided = new Comparison(comparison.objective(), comparison.objectiveValue(), decision);
        return new TrialRow(sweepId, trial, trialRunId, status, learningRate, outcome, settings, decided);
    }

    /** A copy with another status. */
    TrialRow withStatus(Status newStatus) {
        return new TrialRow(sweepId, trial, trialRunId, newStatus, learningRate, outcome, settings, comparison);
    }

    /**
     * The outcome of a trial's training.
     *
     * @param trainError of the last epoch; null if there is none
     * @param testError at the end; null if there is none
     * @param epochs completed epochs, at least 0
     * @param seconds wall time of the training, at least 0
     * @param error why it failed; null if it did not
     */
    public record Outcome(Double trainError, Double testError, int epochs, double seconds, String error) {
        public Outcome {
            ColumnChecks.atLeast("epochs", epochs, 0);
            ColumnChecks.notNegative("seconds", seconds);
        }

        /** A trial without a completed epoch; the error is null if it did not fail. */
        public static Outcome none(String error) {
            return new Outcome(null, null, 0, 0, error);
        }
    }

    /**
     * How a trial compares with the others.
     *
     * @param objective test-error, train-error or test-accuracy; null if unknown
     * @param objectiveValue null if there is none
     * @param decision of successive halving at each rung; null if there was none
     */
    public record Comparison(String objective, Double objectiveValue, String decision) {}
}
