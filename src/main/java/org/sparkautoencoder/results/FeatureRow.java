package org.sparkautoencoder.results;

/**
 * The weights of a neuron of the first hidden layer as a picture. Two of these are equal only if they share their
 * pixels' array.
 *
 * @param model autoencoder, classifier or the like
 * @param neuron from 0
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param weightNorm Euclidean length of the weights; null if not a number
 * @param pixels height x width weights, line by line from the top, not scaled; null if one is not a number
 */
@SuppressWarnings("ArrayRecordComponent") // pictures by the hundred: no object per pixel
public record FeatureRow(String model, int neuron, int width, int height, Double weightNorm, float[] pixels) {

    public FeatureRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.atLeast("neuron", neuron, 0);
        ColumnChecks.pixels(width, height, pixels);
    }
}
