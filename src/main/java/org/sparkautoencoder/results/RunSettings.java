package org.sparkautoencoder.results;

import java.util.List;

/**
 * The settings that determine the result of a run.
 *
 * @param layers widths from input to output, at least two
 * @param epochs maximum number of epochs, at least 1
 * @param batchSize rows of a minibatch, at least 1
 * @param learningRate above 0, as the user wrote it
 * @param momentum 0..1, 1 excluded, as the user wrote it
 * @param seed of all random numbers
 * @param shards number of shards of a data set and a minibatch, at least 1
 * @param noise the masking noise
 */
public record RunSettings(
        List<Integer> layers,
        int epochs,
        int batchSize,
        double learningRate,
        double momentum,
        long seed,
        int shards,
        RunNoise noise) {
    public RunSettings {
        ColumnChecks.notNull("layers", layers);
        ColumnChecks.atLeast("the number of layers", layers.size(), 2);
        ColumnChecks.atLeast("epochs", epochs, 1);
        ColumnChecks.atLeast("batch_size", batchSize, 1);
        ColumnChecks.notNegative("learning_rate", learningRate);
        ColumnChecks.notNegative("momentum", momentum);
        ColumnChecks.atLeast("shards", shards, 1);
        layers = List.copyOf(layers);
    }
}
