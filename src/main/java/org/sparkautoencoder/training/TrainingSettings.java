package org.sparkautoencoder.training;

import java.io.Serializable;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.shards.Sharding;

/**
 * All that the trained weights depend on, besides the rows.
 *
 * @param task what the network learns
 * @param layers the network
 * @param outputLayer the network's output layer, and with it the loss that is minimised
 * @param epochs maximum number of epochs, at least 1
 * @param batchSize rows of a minibatch, at least 1
 * @param shards into how many shards the rows and each minibatch are cut, 1..batchSize
 * @param momentum learning rate and momentum
 * @param seed of everything random
 * @param noise null for none
 * @param stopRule null for none
 * @param evaluateEvery the errors under the weights at an epoch's end are computed after epochs 0, evaluateEvery, 2
 *     evaluateEvery and so on, and the last
 */
public record TrainingSettings(
        Task task,
        Layers layers,
        OutputLayer outputLayer,
        int epochs,
        int batchSize,
        int shards,
        Momentum momentum,
        long seed,
        MaskingNoise noise,
        StopRule stopRule,
        int evaluateEvery)
        implements Serializable {
    private static final int ROWS_OF_A_SHARD = 64;
    private static final int MOST_SHARDS = 64;

    public TrainingSettings {
        atLeastOne("epochs", epochs);
        atLeastOne("the batch size", batchSize);
        atLeastOne("evaluate-every", evaluateEvery);
        if (shards < 1 || shards > batchSize) {
            throw new IllegalArgumentException("shards must be 1.." + batchSize + " (the batch size), got " + shards);
        }
    }

    /** The default number of shards: 64 rows of a minibatch in each, and at most 64 shards. */
    public static int defaultShards(int batchSize) {
        return Math.max(1, Math.min(MOST_SHARDS, batchSize / ROWS_OF_A_SHARD));
    }

    /**
     * Whether the error over all training rows is computed wherever the test error is: of a classifier of one layer, as on
     * a frozen encoder, where it costs little compared to the steps.
     */
    boolean evaluatesTraining() {
        return task == Task.CLASSIFY && layers.depth() == 1;
    }

    /** How the training rows are cut. */
    public Sharding sharding(long rows) {
        return new Sharding(rows, shards, batchSize, seed);
    }

    /** The blocks of neurons that are divided among the workers of one JVM. */
    NeuronBlocks blocks(Sharding sharding) {
        return new NeuronBlocks(layers, outputLayer, sharding.maxRowsOfStep());
    }

    /** How the test rows are cut: into as many shards as the training rows, as far as they go. */
    public Sharding testSharding(long rows) {
        int batch = Math.toIntExact(Math.min(rows, Integer.MAX_VALUE));
        return new Sharding(rows, Math.min(shards, batch), batch, seed);
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, got " + value);
        }
    }
}
