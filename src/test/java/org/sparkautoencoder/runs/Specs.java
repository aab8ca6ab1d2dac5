package org.sparkautoencoder.runs;

import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.model.ModelKind;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.training.TrainingSettings;
import org.sparkautoencoder.training.UpdateRule;

/** Specs of small trainings. */
final class Specs {
    private Specs() {}

    /** An autoencoder in four shards, evaluated once at its end. */
    static AutoencoderSpec autoencoder(int width, int hidden, int epochs) {
        UpdateRule updateRule = new UpdateRule(0.01, 0.9);
        return new AutoencoderSpec(
                ModelKind.AUTOENCODER,
                new TrainingSettings(
                        Task.RECONSTRUCT,
                        new Layers(width, hidden, width),
                        OutputLayer.SIGMOID,
                        epochs,
                        32,
                        4,
                        updateRule.inFloat(),
                        1,
                        null,
                        null,
                        epochs),
                updateRule);
    }
}
