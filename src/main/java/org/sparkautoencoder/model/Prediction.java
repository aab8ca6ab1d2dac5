package org.sparkautoencoder.model;

import org.sparkautoencoder.kernel.Threshold;

/** Which class a classifier's outputs name. */
public final class Prediction {
    private Prediction() {}

    /**
     * The class with the largest output; of several, the first.
     *
     * @param outputs classes x rows, neuron by neuron
     * @param how as what the outputs are compared: where all are at most 0.25, they tie at 0 after the {@link Threshold},
     *     and the first class wins
     */
    public static int of(float[] outputs, int classes, int rows, int row, Outputs how) {
        int best = 0;
        float largest = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < classes; j++) {
            float compared = how.of(outputs[j * rows + row]);
            if (compared > largest) {
                largest = compared;
                best = j;
            }
        }
        return best;
    }
}
