package org.sparkautoencoder.model;

import org.sparkautoencoder.shards.Shard;

/** The errors of a row's outputs against its targets. */
public final class RowErrors {
    private RowErrors() {}

    /**
     * The squared error of the row in {@code index}, summed over its outputs.
     *
     * @param outputs neuron by neuron, {@code rows} values each
     */
    public static double squared(Shard shard, int index, float[] outputs, int width, int rows, int row, Outputs how) {
        return squared(outputs, row, rows, shard.targets(), index * width, width, how);
    }

    /** The mean squared error of one row's outputs. */
    static double mean(float[] outputs, float[] targets, Outputs how) {
        return squared(outputs, 0, 1, targets, 0, targets.length, how) / targets.length;
    }

    // Differences and squares in float, like those of the training; their sum in double.
    private static double squared(
            float[] outputs, int first, int step, float[] targets, int at, int width, Outputs how) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            float difference = how.of(outputs[first + j * step]) - targets[at + j];
            sum += difference * difference;
        }
        return sum;
    }

    /** The cross-entropy of the row in {@code index}, whose targets are probabilities. */
    public static double crossEntropy(Shard shard, int index, float[] outputs, int width, int rows, int row) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            float target = shard.targets()[index * width + j];
            if (target != 0) {
                sum -= target * StrictMath.log(Math.max(outputs[j * rows + row], Float.MIN_NORMAL));
            }
        }
        return sum;
    }
}
