package org.sparkautoencoder.results;

/**
 * The weights of a neuron of the first hidden layer as a picture. Two rows are equal only if they share their pixel
 * array.
 *
 * @param model autoencoder, denoising or classifier
 * @param neuron from 0
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param weightNorm Euclidean norm of the weights; null if not a number
 * @param pixels height x width weights, row by row from the top, not scaled; null if one is not a number
 */
@SuppressWarnings("ArrayRecordComponent") // hundreds of pictures: no object per pixel
public record FeatureRow(String model, int neuron, int width, int height, Double weightNorm, float[] pixels) {

    public FeatureRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.atLeast("neuron", neuron, 0);
        ColumnChecks.pixels(width, height, pixels);
    }
}
