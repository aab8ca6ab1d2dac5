package org.sparkautoencoder.results;

import java.util.List;

/**
 * The scores of a classifier for the rows of one label, or for all rows.
 *
 * @param model classifier
 * @param split train or test
 * @param thresholded whether outputs of at least 0.75 were set to 1 and those of at most 0.25 to 0 before the largest
 *     was taken
 * @param digit the label if all labels of the run are digits 0..9; null if not, and for all rows
 * @param n rows, at least 0
 * @param precision correct fraction of the rows predicted as this label; null for all rows or if there are none
 * @param recall correctly predicted fraction of this label's rows; null for all rows or if there are none
 * @param f1 harmonic mean of precision and recall; null if one is null
 * @param accuracy fraction of correct predictions; null for a label
 * @param balancedAccuracy mean of the labels' recalls; null for a label
 * @param label null for all rows
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
        Double balancedAccuracy,
        String label) {

    public ScoreRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.oneOf("split", split, List.of("train", "test"));
        label = ColumnChecks.label("label", label, "digit", digit);
        ColumnChecks.atLeast("n", n, 0);
    }

    /** The scores for the rows of one label. */
    public static ScoreRow ofLabel(
            String model,
            String split,
            boolean thresholded,
            RowLabel label,
            long n,
            Double precision,
            Double recall,
            Double f1) {
        return new ScoreRow(
                model, split, thresholded, label.digit(), n, precision, recall, f1, null, null, label.text());
    }

    /** The scores for all rows. */
    public static ScoreRow ofAllRows(
            String model, String split, boolean thresholded, long n, Double accuracy, Double balancedAccuracy) {
        return new ScoreRow(model, split, thresholded, null, n, null, null, null, accuracy, balancedAccuracy, null);
    }
}
