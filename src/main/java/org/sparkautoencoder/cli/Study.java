package org.sparkautoencoder.cli;

import org.sparkautoencoder.digits.MaskingNoise;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Loss;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.training.Task;
import org.sparkautoencoder.training.TrainingSettings;

/**
 * The settings of the study's trainings: "Experiments with MNIST Digits - Denoising and Classifying Autoencoder", S.
 * Sudalairaj, November 2020. Its code has no stop rule.
 *
 * @param epochs 250 in the study
 * @param seed what decides everything random
 */
record Study(int epochs, long seed) {
    /** The learning rate that the study finds best. */
    static final float LEARNING_RATE = 0.01f;

    /** Its grid. */
    static final float[] RATES = {0.1f, LEARNING_RATE, 0.001f, 0.0001f};

    private static final int HIDDEN = 200;
    private static final int BATCH_SIZE = 32;
    private static final float MOMENTUM = 0.9f;

    /**
     * Of the classifiers. The study's text says 0.9; its code passes velocity and gradient to the update in each other's
     * place, which is v = 0.1 v + 0.9 g. Only in the first epochs does it matter, and those figures 2.1 and 2.2 show.
     */
    private static final float CLASSIFIER_MOMENTUM = 0.1f;

    private static final double NOISE_ZERO = 0.4;
    private static final double NOISE_ONE = 0.05;
    private static final int EVALUATE_EVERY = 10;
    private static final int EVALUATE_CLASSIFIER_EVERY = 1;

    AutoencoderLearner denoising(int width, float learningRate) {
        MaskingNoise noise = new MaskingNoise(NOISE_ZERO, NOISE_ONE, seed, MaskingNoise.Mode.FIXED);
        return new AutoencoderLearner(
                NetworkOptions.Model.DENOISING, settings(Task.RECONSTRUCT, autoencoder(width), learningRate, noise));
    }

    AutoencoderLearner autoencoder(int width, float learningRate) {
        return new AutoencoderLearner(
                NetworkOptions.Model.AUTOENCODER, settings(Task.RECONSTRUCT, autoencoder(width), learningRate, null));
    }

    /** Of the classifier on a frozen encoder. */
    TrainingSettings classifier(Layers layers) {
        return settings(Task.CLASSIFY, layers, LEARNING_RATE, null);
    }

    private static Layers autoencoder(int width) {
        return new Layers(width, HIDDEN, width);
    }

    private TrainingSettings settings(Task task, Layers layers, float learningRate, MaskingNoise noise) {
        boolean classify = task == Task.CLASSIFY;
        return new TrainingSettings(
                task,
                layers,
                Loss.SQUARED,
                epochs,
                BATCH_SIZE,
                TrainingSettings.defaultShards(BATCH_SIZE),
                new Momentum(learningRate, classify ? CLASSIFIER_MOMENTUM : MOMENTUM),
                seed,
                noise,
                null,
                classify ? EVALUATE_CLASSIFIER_EVERY : EVALUATE_EVERY);
    }
}
