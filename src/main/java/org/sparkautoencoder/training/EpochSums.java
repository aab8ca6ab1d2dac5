package org.sparkautoencoder.training;

import java.util.Arrays;
import org.sparkautoencoder.kernel.BalancedAccuracy;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.model.Outputs;
import org.sparkautoencoder.model.Prediction;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.shards.OneHotTargets;

/**
 * Sums over the rows of an epoch or of a test set, as one array of doubles, so that the sums of shards are added value by value:
 * the loss, and for each digit the rows, those predicted right, and those predicted right from thresholded outputs.
 */
final class EpochSums {
    private static final int DIGITS = OneHotTargets.DIGITS;
    private static final int LOSS = 0;
    private static final int ROWS = 1;
    private static final int RIGHT = ROWS + DIGITS;
    private static final int RIGHT_THRESHOLDED = RIGHT + DIGITS;
    private static final int LENGTH = RIGHT_THRESHOLDED + DIGITS;

    private EpochSums() {}

    static double[] none() {
        return new double[LENGTH];
    }

    /** Two sums as one array, to be added to others like it. */
    static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, 2 * LENGTH);
        System.arraycopy(second, 0, both, LENGTH, LENGTH);
        return both;
    }

    static double[] first(double[] joined) {
        return Arrays.copyOf(joined, LENGTH);
    }

    static double[] second(double[] joined) {
        return Arrays.copyOfRange(joined, LENGTH, 2 * LENGTH);
    }

    static void addLoss(double[] sums, double loss) {
        sums[LOSS] += loss;
    }

    /** Counts a row of a classifier's outputs, which lie neuron by neuron. */
    static void addPrediction(double[] sums, float[] outputs, int rows, int row, int label) {
        sums[ROWS + label]++;
        if (Prediction.of(outputs, DIGITS, rows, row, Outputs.PLAIN) == label) {
            sums[RIGHT + label]++;
        }
        if (Prediction.of(outputs, DIGITS, rows, row, Outputs.THRESHOLDED) == label) {
            sums[RIGHT_THRESHOLDED + label]++;
        }
    }

    /** The mean loss over rows, and over the outputs if it is the squared error. */
    static double loss(double[] sums, TrainingSettings settings, long rows) {
        double perRow = sums[LOSS] / rows;
        return settings.outputLayer().hasSquaredError()
                ? perRow / settings.layers().outputs()
                : perRow;
    }

    /**
     * The error of the task. The study predicts from its sigmoid outputs after the threshold; softmax outputs are
     * probabilities, which need none.
     */
    static double error(double[] sums, TrainingSettings settings, long rows) {
        if (settings.task() == Task.RECONSTRUCT) {
            return loss(sums, settings, rows);
        }
        int right = settings.outputLayer() == OutputLayer.SIGMOID ? RIGHT_THRESHOLDED : RIGHT;
        return 1
                - BalancedAccuracy.of(
                        Arrays.copyOfRange(sums, right, right + DIGITS), Arrays.copyOfRange(sums, ROWS, ROWS + DIGITS));
    }
}
