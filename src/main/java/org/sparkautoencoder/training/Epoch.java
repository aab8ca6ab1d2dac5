package org.sparkautoencoder.training;

import org.sparkautoencoder.exchange.TimeSpent;
import org.sparkautoencoder.model.Task;

/**
 * What was measured of an epoch.
 *
 * @param attempt Spark's attempt at the training's stage, from 0
 * @param epoch from 0
 * @param trainError the {@link Task}'s error over the training rows, each under the parameters of its step; NaN where
 *     the epoch diverged
 * @param testError likewise over the test rows, after the epoch; null where not evaluated
 * @param trainLoss the mean loss over the training rows, and over the outputs if it is the squared error; NaN where the
 *     epoch diverged
 * @param testLoss likewise over the test rows; null where not evaluated
 * @param seconds time of the steps, without the evaluation
 * @param rowsPerSecond training rows over seconds
 * @param diverged whether a loss was not finite
 * @param spent where a worker's time went, in the mean over the workers; together about {@code seconds}; null where the
 *     epoch diverged
 * @param trainErrorAtEnd the error over all training rows under the parameters at the epoch's end; null where not
 *     evaluated
 */
public record Epoch(
        int attempt,
        int epoch,
        double trainError,
        Double testError,
        double trainLoss,
        Double testLoss,
        double seconds,
        double rowsPerSecond,
        boolean diverged,
        TimeSpent spent,
        Double trainErrorAtEnd) {

    /** This epoch with what was evaluated at its end; null for what was not. */
    Epoch evaluated(Double testError, Double testLoss, Double trainErrorAtEnd) {
        return new Epoch(
                attempt,
                epoch,
                trainError,
                testError,
                trainLoss,
                testLoss,
                seconds,
                rowsPerSecond,
                diverged,
                spent,
                trainErrorAtEnd);
    }
}
