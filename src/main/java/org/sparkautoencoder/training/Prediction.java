package org.sparkautoencoder.training;

import org.sparkautoencoder.kernel.Threshold;

/** Which class a classifier's outputs name. */
public final class Prediction {
    private Prediction() {}

    /**
     * The class with the largest output; of several, the first.
     *
     * @param outputs classes x rows, neuron by neuron
     * @param thresholded whether to compare the outputs after the {@link Threshold}: where all are at most 0.25 they tie
     *     at 0, and the first class wins
     */
    public static int of(float[] outputs, int classes, int rows, int row, boolean thresholded) {
        int best = 0;
        float largest = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < classes; j++) {
            float output = outputs[j * rows + row];
            float compared = thresholded ? Threshold.apply(output) : output;
            if (compared > largest) {
                largest = compared;
                best = j;
            }
        }
        return best;
    }
}
