package org.sparkautoencoder.runs;

import java.util.List;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.model.ModelKind;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.training.TrainingSettings;
import org.sparkautoencoder.training.UpdateRule;

/**
 * The settings of the study's trainings: "Experiments with MNIST Digits - Denoising and Classifying Autoencoder", S.
 * Sudalairaj, November 2020. Its code has no stop rule.
 *
 * @param epochs {@link #EPOCHS} in the study
 * @param seed what decides everything random
 */
public record Study(int epochs, long seed) {
    public static final int EPOCHS = 250;
    public static final int HIDDEN = 200;
    public static final int BATCH_SIZE = 32;
    public static final double MOMENTUM = 0.9;
    public static final double NOISE_ZERO = 0.4;
    public static final double NOISE_ONE = 0.05;

    /** After how many epochs the test error of an autoencoder is computed. */
    public static final int EVALUATE_EVERY = 10;

    /** Likewise of a classifier. */
    public static final int EVALUATE_CLASSIFIER_EVERY = 1;

    /** The learning rate that the study finds best. */
    public static final double LEARNING_RATE = 0.01;

    /** Its grid. */
    public static final List<Double> RATES = List.of(0.1, LEARNING_RATE, 0.001, 0.0001);

    /**
     * Of the classifiers. The study's text says 0.9; its code passes velocity and gradient to the update in each other's
     * place, which is v = 0.1 v + 0.9 g. Only in the first epochs does it matter, and those figures 2.1 and 2.2 show.
     */
    public static final UpdateRule CLASSIFIER_RULE = new UpdateRule(LEARNING_RATE, 0.1);

    public AutoencoderSpec denoising(int width, double learningRate) {
        MaskingNoise noise = new MaskingNoise(NOISE_ZERO, NOISE_ONE, seed, MaskingNoise.Mode.FIXED);
        return autoencoder(ModelKind.DENOISING, width, learningRate, noise);
    }

    AutoencoderSpec autoencoder(int width, double learningRate) {
        return autoencoder(ModelKind.AUTOENCODER, width, learningRate, null);
    }

    /** Of the classifier on a frozen encoder. */
    TrainingSettings classifier(Layers layers) {
        return settings(Task.CLASSIFY, layers, CLASSIFIER_RULE, null);
    }

    private AutoencoderSpec autoencoder(ModelKind model, int width, double learningRate, MaskingNoise noise) {
        UpdateRule updateRule = new UpdateRule(learningRate, MOMENTUM);
        Layers layers = new Layers(width, HIDDEN, width);
        return new AutoencoderSpec(model, settings(Task.RECONSTRUCT, layers, updateRule, noise), updateRule);
    }

    private TrainingSettings settings(Task task, Layers layers, UpdateRule updateRule, MaskingNoise noise) {
        return new TrainingSettings(
                task,
                layers,
                OutputLayer.SIGMOID,
                epochs,
                BATCH_SIZE,
                TrainingSettings.defaultShards(BATCH_SIZE),
                updateRule.inFloat(),
                seed,
                noise,
                null,
                task == Task.CLASSIFY ? EVALUATE_CLASSIFIER_EVERY : EVALUATE_EVERY);
    }
}
