package org.sparkautoencoder.results;

import java.util.List;

/**
 * How well a classifier tells one digit from the others, or all of them from each other.
 *
 * @param model classifier or the like
 * @param split train or test
 * @param thresholded whether outputs of at least 0.75 were set to 1 and those of at most 0.25 to 0 before the largest
 *     was taken
 * @param digit 0..9; null for all rows
 * @param n rows, at least 0
 * @param precision of the rows predicted as this digit, the share that is it; null for all rows and where none is
 * @param recall of this digit's rows, the share predicted as it; null for all rows and where there is none
 * @param f1 harmonic mean of both; null where one is
 * @param accuracy share of rows predicted right; null for a digit
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
