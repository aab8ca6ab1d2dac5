package org.sparkautoencoder.model;

/** The class that a classifier's outputs predict. */
public final class Prediction {
    private Prediction() {}

    /**
     * The class with the largest output; of several, the first.
     *
     * @param outputs classes x rows, neuron by neuron
     * @param how whether the outputs are thresholded: where all are at most 0.25, all become 0, and the first class is
     *     predicted
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
