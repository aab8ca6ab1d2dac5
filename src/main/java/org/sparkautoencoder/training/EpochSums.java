package org.sparkautoencoder.training;

import java.util.Arrays;
import org.sparkautoencoder.kernel.BalancedAccuracy;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.model.Outputs;
import org.sparkautoencoder.model.Prediction;
import org.sparkautoencoder.model.Task;

/**
 * Sums over the rows of an epoch or of a test set, as one array of doubles, so that the sums of shards are added value by value:
 * the loss, and for each class of a classifier the rows, those predicted right, and those predicted right from thresholded
 * outputs.
 */
final class EpochSums {
    private static final int LOSS = 0;
    private static final int ROWS = 1;

    private final TrainingSettings settings;
    private final int classes;
    private final int right;
    private final int rightThresholded;
    private final int length;

    EpochSums(TrainingSettings settings) {
        this.settings = settings;
        this.classes = settings.task() == Task.CLASSIFY ? settings.layers().outputs() : 0;
        this.right = ROWS + classes;
        this.rightThresholded = right + classes;
        this.length = rightThresholded + classes;
    }

    double[] none() {
        return new double[length];
    }

    /** Two sums as one array, to be added to others like it. */
    double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, 2 * length);
        System.arraycopy(second, 0, both, length, length);
        return both;
    }

    double[] first(double[] joined) {
        return Arrays.copyOf(joined, length);
    }

    double[] second(double[] joined) {
        return Arrays.copyOfRange(joined, length, 2 * length);
    }

    static void addLoss(double[] sums, double loss) {
        sums[LOSS] += loss;
    }

    /** Counts a row of a classifier's outputs, which lie neuron by neuron. */
    void addPrediction(double[] sums, float[] outputs, int rows, int row, int label) {
        sums[ROWS + label]++;
        if (Prediction.of(outputs, classes, rows, row, Outputs.PLAIN) == label) {
            sums[right + label]++;
        }
        if (Prediction.of(outputs, classes, rows, row, Outputs.THRESHOLDED) == label) {
            sums[rightThresholded + label]++;
        }
    }

    /** The mean loss over rows, and over the outputs if it is the squared error. */
    double loss(double[] sums, long rows) {
        double perRow = sums[LOSS] / rows;
        return settings.outputLayer().hasSquaredError()
                ? perRow / settings.layers().outputs()
                : perRow;
    }

    /**
     * The error of the task. The study predicts from its sigmoid outputs after the threshold; softmax outputs are
     * probabilities, which need none.
     */
    double error(double[] sums, long rows) {
        if (settings.task() == Task.RECONSTRUCT) {
            return loss(sums, rows);
        }
        int from = settings.outputLayer() == OutputLayer.SIGMOID ? rightThresholded : right;
        return 1
                - BalancedAccuracy.of(
                        Arrays.copyOfRange(sums, from, from + classes), Arrays.copyOfRange(sums, ROWS, ROWS + classes));
    }
}
