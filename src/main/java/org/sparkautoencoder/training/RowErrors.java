package org.sparkautoencoder.training;

import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.kernel.Threshold;

/** How far a row's outputs are from its targets. */
final class RowErrors {
    private RowErrors() {}

    /**
     * The squared error of the row in {@code slot}, summed over its outputs.
     *
     * @param outputs neuron by neuron, {@code rows} values each
     * @param thresholded whether the outputs are compared after the {@link Threshold}
     */
    static double squared(Shard shard, int slot, float[] outputs, int width, int rows, int row, boolean thresholded) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            float output = outputs[j * rows + row];
            float difference = (thresholded ? Threshold.apply(output) : output) - shard.targets()[slot * width + j];
            sum += difference * difference;
        }
        return sum;
    }

    /** The cross-entropy of the row in {@code slot}, whose targets are probabilities. */
    static double crossEntropy(Shard shard, int slot, float[] outputs, int width, int rows, int row) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            float target = shard.targets()[slot * width + j];
            if (target != 0) {
                sum -= target * StrictMath.log(Math.max(outputs[j * rows + row], Float.MIN_NORMAL));
            }
        }
        return sum;
    }
}
