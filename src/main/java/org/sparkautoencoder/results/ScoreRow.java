package org.sparkautoencoder.results;

import java.util.List;

/**
 * The scores of a classifier for one digit, or for all rows.
 *
 * @param model classifier
 * @param split train or test
 * @param thresholded whether outputs of at least 0.75 were set to 1 and those of at most 0.25 to 0 before the largest
 *     was taken
 * @param digit 0..9; null for all rows
 * @param n rows, at least 0
 * @param precision correct fraction of the rows predicted as this digit; null for all rows or if there are none
 * @param recall correctly predicted fraction of this digit's rows; null for all rows or if there are none
 * @param f1 harmonic mean of precision and recall; null if one is null
 * @param accuracy fraction of correct predictions; null for a digit
 * @param balancedAccuracy mean of the digits' recalls; null for a digit
 */
public record ScoreRow(
        String model,
        String split,
        boolean thresholded,
        Integer digit,
        long n,
        Double precision,
        Double recall,
        Double f1,
        Double accuracy,
        Double balancedAccuracy) {

    public ScoreRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.oneOf("split", split, List.of("train", "test"));
        if (digit != null) {
            ColumnChecks.digit("digit", digit);
        }
        ColumnChecks.atLeast("n", n, 0);
    }
}
