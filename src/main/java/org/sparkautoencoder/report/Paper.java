package org.sparkautoencoder.report;

import java.util.List;
import java.util.Map;

/**
 * The values that the study printed: "Experiments with MNIST Digits - Denoising and Classifying Autoencoder", S. Sudalairaj,
 * November 2020.
 */
final class Paper {
    static final String TITLE = "Experiments with MNIST Digits – Denoising and Classifying Autoencoder";
    static final String SOURCE = "S. Sudalairaj, November 2020";

    static final List<Double> RATES = List.of(0.1, 0.01, 0.001, 0.0001);
    static final double RATE = 0.01;

    /** Figure 1.1: epoch and error of its last minibatch. */
    static final List<Map.Entry<Integer, String>> CURVE = List.of(
            Map.entry(0, "0.067"),
            Map.entry(10, "0.035"),
            Map.entry(30, "0.020"),
            Map.entry(100, "0.014"),
            Map.entry(240, "0.009"));

    /** Figure 1.2. */
    static final String TRAIN_ERROR = "0.010";

    static final String TEST_ERROR = "0.028";

    /** Figure 1.3: from the lowest digit's error to the highest's. */
    static final String LOWEST_ERROR = "0.066";

    static final String HIGHEST_ERROR = "0.10";
    static final int LOWEST_DIGIT = 1;
    static final int HIGHEST_DIGIT = 0;

    /** Figures 2.1 and 2.2, of every tenth epoch: the error at the end of epoch 0, and at that of the last. */
    static final ClassifierCurve CASE_1_ERRORS =
            new ClassifierCurve("0.31", "0.10", Tolerances.CASE_1_FIRST, Tolerances.CASE_1_LAST);

    static final ClassifierCurve CASE_2_ERRORS =
            new ClassifierCurve("0.20", "0.063", Tolerances.CASE_2_FIRST, Tolerances.CASE_2_LAST);

    static final int LAST_POINT = 240;

    /** The effective momentum of its code, where its text says 0.9. */
    static final double CLASSIFIER_MOMENTUM = 0.1;

    /** Figures 2.3 and 2.5: rows predicted right, of 4,000. */
    static final long CASE_1_TRAIN = 3582;

    static final long CASE_2_TRAIN = 3758;

    /** Figures 2.4 and 2.6. */
    static final Confusion CASE_1_TEST = new Confusion(new long[][] {
        {96, 0, 0, 1, 0, 0, 3, 0, 0, 0},
        {0, 99, 0, 0, 0, 0, 1, 0, 0, 0},
        {7, 0, 86, 0, 1, 0, 0, 4, 2, 0},
        {7, 0, 2, 87, 0, 0, 2, 1, 1, 0},
        {4, 0, 0, 0, 92, 0, 1, 1, 1, 1},
        {19, 0, 0, 2, 2, 73, 3, 0, 1, 0},
        {3, 1, 1, 0, 3, 0, 92, 0, 0, 0},
        {6, 3, 1, 0, 1, 1, 0, 87, 0, 1},
        {17, 1, 0, 0, 0, 1, 0, 1, 78, 2},
        {5, 1, 0, 2, 3, 0, 1, 2, 0, 86}
    });

    static final Confusion CASE_2_TEST = new Confusion(new long[][] {
        {96, 0, 0, 0, 0, 0, 3, 0, 0, 1},
        {0, 98, 0, 0, 1, 0, 1, 0, 0, 0},
        {3, 0, 91, 0, 1, 0, 0, 4, 1, 0},
        {2, 0, 2, 91, 0, 1, 0, 1, 3, 0},
        {4, 0, 0, 0, 89, 0, 3, 0, 3, 1},
        {9, 0, 0, 2, 2, 81, 2, 0, 2, 2},
        {2, 1, 0, 0, 1, 1, 95, 0, 0, 0},
        {6, 2, 1, 0, 1, 1, 0, 87, 1, 1},
        {7, 0, 0, 0, 0, 1, 1, 1, 89, 1},
        {1, 1, 0, 2, 4, 0, 1, 1, 1, 89}
    });

    private static final List<Integer> LAYERS = List.of(784, 200, 784);

    /** The first and last point of a classifier's curve, with tolerances. */
    record ClassifierCurve(String first, String last, double firstTolerance, double lastTolerance) {}

    private Paper() {}

    /** Whether a run has the settings of the study's autoencoders, apart from the learning rate, and no labels but digits. */
    static boolean hasStudySettings(Run run) {
        return run.row().training().layers().equals(LAYERS)
                && run.row().data().trainRows() == 4000
                && run.row().data().testRows() == 1000
                && run.row().training().batchSize() == 32
                && Math.abs(run.row().training().momentum() - 0.9) < 1e-5
                && !"fresh".equals(run.row().training().noise().noiseMode())
                && !run.hasOtherLabels();
    }
}
