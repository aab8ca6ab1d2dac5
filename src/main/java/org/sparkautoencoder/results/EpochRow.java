package org.sparkautoencoder.results;

/**
 * An epoch of a run.
 *
 * @param model autoencoder, classifier or the like
 * @param epoch from 0
 * @param attempt from 0; one more after each loss of an executor and each resume, so that an epoch done twice is
 *     two rows
 * @param trainError the mean over the epoch's rows, each with the weights of its own step; null if diverged
 * @param testError with the weights at the epoch's end; null where it was not evaluated
 * @param seconds wall time of the epoch, at least 0
 * @param rowsPerSecond training rows; null if too quick to measure
 * @param diverged whether the error stopped being a number in this epoch
 */
public record EpochRow(
        String model,
        int epoch,
        int attempt,
        Double trainError,
        Double testError,
        double seconds,
        Double rowsPerSecond,
        boolean diverged) {

    public EpochRow {
        Checked.given("model", model);
        Checked.atLeast("epoch", epoch, 0);
        Checked.atLeast("attempt", attempt, 0);
        Checked.notNegative("seconds", seconds);
    }
}
