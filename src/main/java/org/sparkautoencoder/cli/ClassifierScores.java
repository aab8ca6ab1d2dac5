package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.training.Confusion;
import org.sparkautoencoder.training.OneHot;

/** How well a classifier names digits: into the tables, and onto the console. */
final class ClassifierScores {
    private final JavaSparkContext spark;
    private final String model;
    private final Map<String, Confusion> confusions = new LinkedHashMap<>();
    private final List<ConfusionRow> confusionRows = new ArrayList<>();
    private final List<ScoreRow> scoreRows = new ArrayList<>();

    ClassifierScores(JavaSparkContext spark, String model) {
        this.spark = spark;
        this.model = model;
    }

    /** Takes the predictions of a split. */
    void add(String split, Confusion confusion) {
        confusions.put(split, confusion);
        for (boolean thresholded : new boolean[] {false, true}) {
            MulticlassMetrics metrics = confusion.metrics(spark, thresholded);
            long rows = 0;
            for (int label = 0; label < OneHot.DIGITS; label++) {
                for (int predicted = 0; predicted < OneHot.DIGITS; predicted++) {
                    confusionRows.add(new ConfusionRow(
                            model, split, thresholded, label, predicted, confusion.n(thresholded, label, predicted)));
                }
                long n = confusion.rows(label);
                rows += n;
                scoreRows.add(new ScoreRow(
                        model,
                        split,
                        thresholded,
                        label,
                        n,
                        predicted(confusion, thresholded, label) == 0 ? null : metrics.precision(label),
                        n == 0 ? null : metrics.recall(label),
                        n == 0 || predicted(confusion, thresholded, label) == 0 ? null : metrics.fMeasure(label),
                        null,
                        null));
            }
            scoreRows.add(new ScoreRow(
                    model,
                    split,
                    thresholded,
                    null,
                    rows,
                    null,
                    null,
                    null,
                    metrics.accuracy(),
                    confusion.balancedAccuracy(thresholded)));
        }
    }

    void write(ResultTables tables) throws IOException {
        tables.append(Table.CONFUSION, confusionRows);
        tables.append(Table.SCORES, scoreRows);
    }

    void print(PrintStream out) {
        out.println();
        out.println("accuracy            plain      balanced   thresholded  balanced");
        for (String split : confusions.keySet()) {
            ScoreRow plain = score(split, false, null);
            ScoreRow thresholded = score(split, true, null);
            out.printf(
                    Locale.ROOT,
                    "%-18s  %.4f     %.4f     %.4f       %.4f%n",
                    split,
                    plain.accuracy(),
                    plain.balancedAccuracy(),
                    thresholded.accuracy(),
                    thresholded.balancedAccuracy());
        }
        String last = new ArrayList<>(confusions.keySet()).get(confusions.size() - 1);
        out.printf("%n%-18s  precision  recall     F1           (plain)%n", last + " digit");
        for (int digit = 0; digit < OneHot.DIGITS; digit++) {
            ScoreRow score = score(last, false, digit);
            out.printf(
                    "%-18d  %-9s  %-9s  %s%n", digit, text(score.precision()), text(score.recall()), text(score.f1()));
        }
        out.println();
    }

    /** The confusion of each split, both ways of predicting. */
    void printConfusion(PrintStream out) {
        for (Map.Entry<String, Confusion> entry : confusions.entrySet()) {
            for (boolean thresholded : new boolean[] {false, true}) {
                out.printf(
                        "%s, %s: rows are true digits, columns predicted%n      ",
                        entry.getKey(), thresholded ? "thresholded" : "plain");
                for (int predicted = 0; predicted < OneHot.DIGITS; predicted++) {
                    out.printf("%7d", predicted);
                }
                out.println();
                for (int label = 0; label < OneHot.DIGITS; label++) {
                    out.printf("%6d", label);
                    for (int predicted = 0; predicted < OneHot.DIGITS; predicted++) {
                        out.printf("%7d", entry.getValue().n(thresholded, label, predicted));
                    }
                    out.println();
                }
                out.println();
            }
        }
    }

    private ScoreRow score(String split, boolean thresholded, Integer digit) {
        return scoreRows.stream()
                .filter(row -> row.split().equals(split) && row.thresholded() == thresholded)
                .filter(row -> digit == null ? row.digit() == null : digit.equals(row.digit()))
                .findFirst()
                .orElseThrow();
    }

    private static long predicted(Confusion confusion, boolean thresholded, int digit) {
        long rows = 0;
        for (int label = 0; label < OneHot.DIGITS; label++) {
            rows += confusion.n(thresholded, label, digit);
        }
        return rows;
    }

    private static String text(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
