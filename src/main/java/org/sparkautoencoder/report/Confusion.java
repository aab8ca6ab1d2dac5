package org.sparkautoencoder.report;

import java.util.List;
import java.util.stream.IntStream;
import org.sparkautoencoder.kernel.BalancedAccuracy;
import org.sparkautoencoder.results.ConfusionRow;

/** How often each digit (row) was predicted as each digit (column). */
@SuppressWarnings("ArrayRecordComponent")
record Confusion(long[][] n) {
    static final int DIGITS = 10;

    /** The matrix of a split and a way of predicting; null if the rows have none. */
    static Confusion of(List<ConfusionRow> rows, String split, boolean thresholded) {
        long[][] n = new long[DIGITS][DIGITS];
        boolean any = false;
        for (ConfusionRow row : rows) {
            if (row.split().equals(split) && row.thresholded() == thresholded) {
                n[row.trueDigit()][row.predictedDigit()] += row.n();
                any = true;
            }
        }
        return any ? new Confusion(n) : null;
    }

    long rows(int digit) {
        return IntStream.range(0, DIGITS).mapToLong(d -> n[digit][d]).sum();
    }

    long total() {
        return IntStream.range(0, DIGITS).mapToLong(this::rows).sum();
    }

    long correct() {
        return IntStream.range(0, DIGITS).mapToLong(d -> n[d][d]).sum();
    }

    /** How many rows were predicted as this digit, right or wrong. */
    long predicted(int digit) {
        return IntStream.range(0, DIGITS).mapToLong(d -> n[d][digit]).sum();
    }

    long wronglyPredicted(int digit) {
        return predicted(digit) - n[digit][digit];
    }

    double accuracy() {
        return (double) correct() / Math.max(1, total());
    }

    /** The mean of the digits' recalls. */
    double balancedAccuracy() {
        return BalancedAccuracy.of(
                IntStream.range(0, DIGITS).mapToDouble(digit -> n[digit][digit]).toArray(),
                IntStream.range(0, DIGITS).mapToDouble(this::rows).toArray());
    }
}
