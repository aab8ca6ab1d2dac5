package org.sparkautoencoder.results;

/**
 * An epoch of a run.
 *
 * @param model autoencoder, classifier or the like
 * @param epoch from 0
 * @param attempt Spark's attempt at the training's stage, from 0; one more after each loss of an executor, so that an
 *     epoch done twice is two rows
 * @param trainError the mean over the epoch's rows, each with the weights of its own step; null if diverged
 * @param testError with the weights at the epoch's end; null where it was not evaluated
 * @param seconds wall time of the epoch, at least 0
 * @param rowsPerSecond training rows; null if too quick to measure
 * @param diverged whether the error stopped being a number in this epoch
 * @param trainLoss mean over the epoch's rows of what the training makes small; null if unknown or not a number
 * @param testLoss likewise of the test set, with the weights at the epoch's end; null where it was not evaluated
 * @param computeSeconds a worker's mean time in the network's arithmetic; null if not measured
 * @param copySeconds likewise in copying rows, gradients and weights; null if not measured
 * @param wireSeconds likewise on the network; null if not measured
 * @param waitSeconds likewise in waiting for other workers; null if not measured
 * @param trainErrorAtEnd over all training rows with the weights at the epoch's end; null where it was not evaluated
 */
public record EpochRow(
        String model,
        int epoch,
        int attempt,
        Double trainError,
        Double testError,
        double seconds,
        Double rowsPerSecond,
        boolean diverged,
        Double trainLoss,
        Double testLoss,
        Double computeSeconds,
        Double copySeconds,
        Double wireSeconds,
        Double waitSeconds,
        Double trainErrorAtEnd) {

    public EpochRow {
        ColumnChecks.given("model", model);
        ColumnChecks.atLeast("epoch", epoch, 0);
        ColumnChecks.atLeast("attempt", attempt, 0);
        ColumnChecks.notNegative("seconds", seconds);
    }
}
