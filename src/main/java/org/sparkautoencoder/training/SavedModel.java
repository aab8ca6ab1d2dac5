package org.sparkautoencoder.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.digits.BadInputException;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Loss;

/**
 * A trained network, as it was saved.
 *
 * @param kind denoising, autoencoder or classifier
 * @param layers the network
 * @param loss what its last layer belongs to
 * @param parameters lie as the layers say
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the model's folder to a broadcast, never compared
public record SavedModel(String kind, Layers layers, Loss loss, float[] parameters) {
    /** The kind of model that names digits. */
    public static final String CLASSIFIER = "classifier";

    /**
     * Reads a model's folder.
     *
     * @throws BadInputException if it is none
     */
    public static SavedModel read(Path folder, Configuration conf) {
        try {
            Map<String, Object> about = ModelFolder.describe(folder, conf);
            Layers layers = ModelFolder.layers(about);
            boolean softmax =
                    about.get("activations") instanceof List<?> activations && activations.contains("softmax");
            return new SavedModel(
                    String.valueOf(about.get("model")),
                    layers,
                    softmax ? Loss.CROSS_ENTROPY : Loss.SQUARED,
                    ModelFolder.parameters(folder, conf, layers));
        } catch (IOException e) {
            throw new BadInputException("the model cannot be read: " + e.getMessage(), e);
        }
    }

    public boolean isClassifier() {
        return kind.equals(CLASSIFIER);
    }

    /**
     * Checks that rows fit.
     *
     * @throws BadInputException for rows of another width than the input layer's
     */
    public void requireWidth(int width) {
        if (width != layers.inputs()) {
            throw new BadInputException(
                    "the model takes rows of " + layers.inputs() + " values, the data has rows of " + width);
        }
    }
}
