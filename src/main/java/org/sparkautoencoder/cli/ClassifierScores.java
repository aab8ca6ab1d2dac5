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
import org.sparkautoencoder.digits.OneHotTargets;
import org.sparkautoencoder.digits.Split;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.training.Confusion;
import org.sparkautoencoder.training.Outputs;

/** How well a classifier names digits: into the tables, and onto the console. */
final class ClassifierScores {
    private final JavaSparkContext spark;
    private final String model;
    private final Map<Split, Confusion> confusions = new LinkedHashMap<>();
    private final List<ConfusionRow> confusionRows = new ArrayList<>();
    private final List<ScoreRow> scoreRows = new ArrayList<>();

    ClassifierScores(JavaSparkContext spark, String model) {
        this.spark = spark;
        this.model = model;
    }

    /** Takes the predictions of a split. */
    void add(Split split, Confusion confusion) {
        confusions.put(split, confusion);
        for (Outputs how : Outputs.values()) {
            boolean thresholded = how == Outputs.THRESHOLDED;
            MulticlassMetrics metrics = confusion.metrics(spark, how);
            long rows = 0;
            for (int label = 0; label < OneHotTargets.DIGITS; label++) {
                for (int predicted = 0; predicted < OneHotTargets.DIGITS; predicted++) {
                    confusionRows.add(new ConfusionRow(
                            model, split.text(), thresholded, label, predicted, confusion.n(how, label, predicted)));
                }
                long n = confusion.rows(label);
                rows += n;
                scoreRows.add(new ScoreRow(
                        model,
                        split.text(),
                        thresholded,
                        label,
                        n,
                        predicted(confusion, how, label) == 0 ? null : metrics.precision(label),
                        n == 0 ? null : metrics.recall(label),
                        n == 0 || predicted(confusion, how, label) == 0 ? null : metrics.fMeasure(label),
                        null,
                        null));
            }
            scoreRows.add(new ScoreRow(
                    model,
                    split.text(),
                    thresholded,
                    null,
                    rows,
                    null,
                    null,
                    null,
                    metrics.accuracy(),
                    confusion.balancedAccuracy(how)));
        }
    }

    void write(ResultTables tables) throws IOException {
        tables.append(Table.CONFUSION, confusionRows);
        tables.append(Table.SCORES, scoreRows);
    }

    void print(PrintStream out) {
        out.println();
        out.println("accuracy            plain      balanced   thresholded  balanced");
        for (Split split : confusions.keySet()) {
            ScoreRow plain = score(split, Outputs.PLAIN, null);
            ScoreRow thresholded = score(split, Outputs.THRESHOLDED, null);
            out.printf(
                    Locale.ROOT,
                    "%-18s  %.4f     %.4f     %.4f       %.4f%n",
                    split.text(),
                    plain.accuracy(),
                    plain.balancedAccuracy(),
                    thresholded.accuracy(),
                    thresholded.balancedAccuracy());
        }
        Split last = new ArrayList<>(confusions.keySet()).get(confusions.size() - 1);
        out.printf("%n%-18s  precision  recall     F1           (plain)%n", last.text() + " digit");
        for (int digit = 0; digit < OneHotTargets.DIGITS; digit++) {
            ScoreRow score = score(last, Outputs.PLAIN, digit);
            out.printf(
                    "%-18d  %-9s  %-9s  %s%n", digit, text(score.precision()), text(score.recall()), text(score.f1()));
        }
        out.println();
    }

    /** The confusion of each split, both ways of predicting. */
    void printConfusion(PrintStream out) {
        for (Map.Entry<Split, Confusion> entry : confusions.entrySet()) {
            for (Outputs how : Outputs.values()) {
                out.printf(
                        "%s, %s: rows are true digits, columns predicted%n      ",
                        entry.getKey().text(), how == Outputs.PLAIN ? "plain" : "thresholded");
                for (int predicted = 0; predicted < OneHotTargets.DIGITS; predicted++) {
                    out.printf("%7d", predicted);
                }
                out.println();
                for (int label = 0; label < OneHotTargets.DIGITS; label++) {
                    out.printf("%6d", label);
                    for (int predicted = 0; predicted < OneHotTargets.DIGITS; predicted++) {
                        out.printf("%7d", entry.getValue().n(how, label, predicted));
                    }
                    out.println();
                }
                out.println();
            }
        }
    }

    private ScoreRow score(Split split, Outputs how, Integer digit) {
        return scoreRows.stream()
                .filter(row -> row.split().equals(split.text()) && row.thresholded() == (how == Outputs.THRESHOLDED))
                .filter(row -> digit == null ? row.digit() == null : digit.equals(row.digit()))
                .findFirst()
                .orElseThrow();
    }

    private static long predicted(Confusion confusion, Outputs how, int digit) {
        long rows = 0;
        for (int label = 0; label < OneHotTargets.DIGITS; label++) {
            rows += confusion.n(how, label, digit);
        }
        return rows;
    }

    private static String text(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
