package org.sparkautoencoder.results;

import java.util.List;

/**
 * The error over the rows of one digit, or over all rows, of a split.
 *
 * @param model autoencoder, denoising or classifier
 * @param split train or test
 * @param input of the network: clean or noised
 * @param thresholded whether outputs of at least 0.75 were set to 1 and those of at most 0.25 to 0 before they were
 *     compared
 * @param digit 0..9; null for all rows
 * @param n rows, at least 0
 * @param meanError mean of the rows' errors; null if not a number
 * @param stdError standard deviation of the rows' errors (divided by n); null if not a number
 */
public record DigitErrorRow(
        String model,
        String split,
        String input,
        boolean thresholded,
        Integer digit,
        long n,
        Double meanError,
        Double stdError) {

    public DigitErrorRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.oneOf("split", split, List.of("train", "test"));
        ColumnChecks.oneOf("input", input, List.of("clean", "noised"));
        if (digit != null) {
            ColumnChecks.digit("digit", digit);
        }
        ColumnChecks.atLeast("n", n, 0);
    }
}
