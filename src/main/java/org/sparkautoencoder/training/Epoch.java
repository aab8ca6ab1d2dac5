package org.sparkautoencoder.training;

/**
 * What was measured of an epoch.
 *
 * @param attempt Spark's attempt at the training's stage, from 0
 * @param epoch from 0
 * @param trainError mean squared error over the training rows and outputs, each row under the parameters of its step;
 *     NaN where the epoch diverged
 * @param testError mean squared error over the test rows and outputs after the epoch; null where not evaluated
 * @param seconds time of the steps, without the evaluation
 * @param rowsPerSecond training rows over seconds
 * @param diverged whether a loss was not finite
 */
public record Epoch(
        int attempt,
        int epoch,
        double trainError,
        Double testError,
        double seconds,
        double rowsPerSecond,
        boolean diverged) {}
