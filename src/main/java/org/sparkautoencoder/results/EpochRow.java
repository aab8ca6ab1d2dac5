package org.sparkautoencoder.results;

/**
 * An epoch of a run. The components of the parts are columns like the others.
 *
 * @param model autoencoder, denoising or classifier
 * @param epoch from 0
 * @param attempt Spark's attempt at the training's stage, from 0; a repeated epoch has a row for each attempt
 * @param errors of the network
 * @param duration wall time and throughput
 * @param diverged whether the error was not a number in this epoch
 * @param losses what the training minimises
 * @param times of a worker
 * @param trainErrorAtEnd over all training rows with the weights at the epoch's end; null if not evaluated
 */
public record EpochRow(
        String model,
        int epoch,
        int attempt,
        Errors errors,
        Duration duration,
        boolean diverged,
        Losses losses,
        Times times,
        Double trainErrorAtEnd) {

    public EpochRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.atLeast("epoch", epoch, 0);
        ColumnChecks.atLeast("attempt", attempt, 0);
    }

    /**
     * The errors of an epoch.
     *
     * @param trainError mean over the epoch's rows, each with the weights of its step; null if diverged
     * @param testError with the weights at the epoch's end; null if not evaluated
     */
    public record Errors(Double trainError, Double testError) {}

    /**
     * How long an epoch took.
     *
     * @param seconds wall time, at least 0
     * @param rowsPerSecond training rows a second; null if the time is too short to measure
     */
    public record Duration(double seconds, Double rowsPerSecond) {
        public Duration {
            ColumnChecks.notNegative("seconds", seconds);
        }
    }

    /**
     * The losses of an epoch.
     *
     * @param trainLoss mean over the epoch's rows; null if unknown or not a number
     * @param testLoss of the test set with the weights at the epoch's end; null if not evaluated
     */
    public record Losses(Double trainLoss, Double testLoss) {
        /** Unknown losses. */
        public static final Losses UNKNOWN = new Losses(null, null);
    }

    /**
     * The mean time of a worker in an epoch's steps, by part; null if not measured.
     *
     * @param computeSeconds forward and backward passes and updates
     * @param copySeconds copies of rows, gradients and weights
     * @param wireSeconds network
     * @param waitSeconds waiting for other workers
     */
    public record Times(Double computeSeconds, Double copySeconds, Double wireSeconds, Double waitSeconds) {
        /** No measured times. */
        public static final Times NOT_MEASURED = new Times(null, null, null, null);
    }
}
