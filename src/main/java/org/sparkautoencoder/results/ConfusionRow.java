package org.sparkautoencoder.results;

import java.util.List;

/**
 * How often rows of one label were predicted as another.
 *
 * @param model classifier
 * @param split train or test
 * @param thresholded whether outputs of at least 0.75 were set to 1 and those of at most 0.25 to 0 before the
 *     largest was taken
 * @param trueDigit the true label if all labels of the run are digits 0..9, else null
 * @param predictedDigit the predicted label likewise
 * @param n rows, at least 0
 * @param trueLabel the true label
 * @param predictedLabel the predicted label
 */
public record ConfusionRow(
        String model,
        String split,
        boolean thresholded,
        Integer trueDigit,
        Integer predictedDigit,
        long n,
        String trueLabel,
        String predictedLabel) {

    public ConfusionRow(
            String model, String split, boolean thresholded, RowLabel trueLabel, RowLabel predictedLabel, long n) {
        this(
                model,
                split,
                thresholded,
                trueLabel.digit(),
                predictedLabel.digit(),
                n,
                trueLabel.text(),
                predictedLabel.text());
    }

    public ConfusionRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.oneOf("split", split, List.of("train", "test"));
        trueLabel = ColumnChecks.label("true_label", trueLabel, "true_digit", trueDigit);
        predictedLabel = ColumnChecks.label("predicted_label", predictedLabel, "predicted_digit", predictedDigit);
        ColumnChecks.notNull("true_label", trueLabel);
        ColumnChecks.notNull("predicted_label", predictedLabel);
        ColumnChecks.atLeast("n", n, 0);
    }
}
