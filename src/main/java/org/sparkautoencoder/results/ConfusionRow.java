package org.sparkautoencoder.results;

import java.util.List;

/**
 * How often one digit was predicted as another.
 *
 * @param model classifier
 * @param split train or test
 * @param thresholded whether outputs of at least 0.75 were set to 1 and those of at most 0.25 to 0 before the
 *     largest was taken
 * @param trueDigit 0..9
 * @param predictedDigit 0..9
 * @param n rows, at least 0
 */
public record ConfusionRow(String model, String split, boolean thresholded, int trueDigit, int predictedDigit, long n) {

    public ConfusionRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.oneOf("split", split, List.of("train", "test"));
        ColumnChecks.digit("true_digit", trueDigit);
        ColumnChecks.digit("predicted_digit", predictedDigit);
        ColumnChecks.atLeast("n", n, 0);
    }
}
