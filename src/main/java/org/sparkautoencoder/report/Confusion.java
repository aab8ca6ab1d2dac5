package org.sparkautoencoder.report;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.sparkautoencoder.kernel.BalancedAccuracy;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.RowLabel;

/**
 * How often rows of each label (row) were predicted as each label (column).
 *
 * @param labels in their order
 */
@SuppressWarnings("ArrayRecordComponent")
record Confusion(List<String> labels, long[][] n) {
    static final List<String> DIGITS =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    /** The matrix of the ten digits. */
    Confusion(long[][] n) {
        this(DIGITS, n);
    }

    /** The matrix of a split and a way of predicting; null if the rows have none. A pair without a row has none. */
    static Confusion of(List<ConfusionRow> rows, String split, boolean thresholded) {
        List<ConfusionRow> chosen = rows.stream()
                .filter(row -> row.split().equals(split) && row.thresholded() == thresholded)
                .toList();
        if (chosen.isEmpty()) {
            return null;
        }
        Set<String> found = new LinkedHashSet<>();
        for (ConfusionRow row : chosen) {
            found.add(row.trueLabel());
            found.add(row.predictedLabel());
        }
        List<String> labels = RowLabel.sorted(found);
        Map<String, Integer> numbers = new HashMap<>();
        labels.forEach(label -> numbers.put(label, numbers.size()));
        long[][] n = new long[labels.size()][labels.size()];
        for (ConfusionRow row : chosen) {
            n[numbers.get(row.trueLabel())][numbers.get(row.predictedLabel())] += row.n();
        }
        return new Confusion(labels, n);
    }

    /** Whether the labels are the ten digits, as in the study. */
    boolean isOfDigits() {
        return labels.equals(DIGITS);
    }

    int size() {
        return labels.size();
    }

    long rows(int label) {
        return all().mapToLong(predicted -> n[label][predicted]).sum();
    }

    long total() {
        return all().mapToLong(this::rows).sum();
    }

    long correct() {
        return all().mapToLong(label -> n[label][label]).sum();
    }

    /** How many rows were predicted as this label, right or wrong. */
    long predicted(int label) {
        return all().mapToLong(truth -> n[truth][label]).sum();
    }

    long wronglyPredicted(int label) {
        return predicted(label) - n[label][label];
    }

    double accuracy() {
        return (double) correct() / Math.max(1, total());
    }

    /** The mean of the labels' recalls. */
    double balancedAccuracy() {
        return BalancedAccuracy.of(
                all().mapToDouble(label -> n[label][label]).toArray(),
                all().mapToDouble(this::rows).toArray());
    }

    private IntStream all() {
        return IntStream.range(0, labels.size());
    }
}
