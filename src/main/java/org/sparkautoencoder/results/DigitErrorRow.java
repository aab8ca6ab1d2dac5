package org.sparkautoencoder.results;

import java.util.List;

/**
 * The error over the rows of one label, or over all rows, of a split.
 *
 * @param model autoencoder, denoising or classifier
 * @param split train or test
 * @param input of the network: clean or noised
 * @param thresholded whether outputs of at least 0.75 were set to 1 and those of at most 0.25 to 0 before they were
 *     compared
 * @param digit the label if all labels of the run are digits 0..9; null if not, and for all rows
 * @param n rows, at least 0
 * @param meanError mean of the rows' errors; null if not a number
 * @param stdError standard deviation of the rows' errors (divided by n); null if not a number
 * @param label null for all rows
 */
public record DigitErrorRow(
        String model,
        String split,
        String input,
        boolean thresholded,
        Integer digit,
        long n,
        Double meanError,
        Double stdError,
        String label) {

    /** @param label {@link RowLabel#NONE} for all rows */
    public DigitErrorRow(
            String model,
            String split,
            String input,
            boolean thresholded,
            RowLabel label,
            long n,
            Double meanError,
            Double stdError) {
        this(model, split, input, thresholded, label.digit(), n, meanError, stdError, label.text());
    }

    public DigitErrorRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.oneOf("split", split, List.of("train", "test"));
        ColumnChecks.oneOf("input", input, List.of("clean", "noised"));
        label = ColumnChecks.label("label", label, "digit", digit);
        ColumnChecks.atLeast("n", n, 0);
    }
}
