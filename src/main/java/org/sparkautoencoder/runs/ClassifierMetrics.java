package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.model.ConfusionMatrix;
import org.sparkautoencoder.model.Outputs;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RowLabel;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.shards.Split;

/** How well a classifier tells classes apart, as rows of the tables. */
public final class ClassifierMetrics {
    /** With more classes than this most pairs never occur, and only those that do are written. */
    private static final int MOST_CLASSES_WITH_ALL_PAIRS = 100;

    private final JavaSparkContext spark;
    private final String model;
    private final Classes classes;
    private final Map<Split, ConfusionMatrix> confusions = new LinkedHashMap<>();
    private final List<RowLabel> labels;
    private final List<ConfusionRow> confusionRows = new ArrayList<>();
    private final List<ScoreRow> scoreRows = new ArrayList<>();

    public ClassifierMetrics(JavaSparkContext spark, String model, Classes classes) {
        this.spark = spark;
        this.classes = classes;
        this.labels = RowLabel.of(classes.names());
        this.model = model;
    }

    /** Takes the predictions of a split. */
    public void add(Split split, ConfusionMatrix confusion) {
        confusions.put(split, confusion);
        for (Outputs how : Outputs.values()) {
            boolean thresholded = how == Outputs.THRESHOLDED;
            MulticlassMetrics metrics = confusion.metrics(spark, how);
            long rows = 0;
            for (int label = 0; label < labels.size(); label++) {
                for (int predicted = 0; predicted < labels.size(); predicted++) {
                    long n = confusion.n(how, label, predicted);
                    if (n > 0 || labels.size() <= MOST_CLASSES_WITH_ALL_PAIRS) {
                        confusionRows.add(new ConfusionRow(
                                model, split.text(), thresholded, labels.get(label), labels.get(predicted), n));
                    }
                }
                long n = confusion.rows(label);
                rows += n;
                scoreRows.add(ScoreRow.ofLabel(
                        model,
                        split.text(),
                        thresholded,
                        labels.get(label),
                        n,
                        predicted(confusion, how, label) == 0 ? null : metrics.precision(label),
                        n == 0 ? null : metrics.recall(label),
                        n == 0 || predicted(confusion, how, label) == 0 ? null : metrics.fMeasure(label)));
            }
            scoreRows.add(ScoreRow.ofAllRows(
                    model, split.text(), thresholded, rows, metrics.accuracy(), confusion.balancedAccuracy(how)));
        }
    }

    void write(ResultTables tables) throws IOException {
        tables.put(Table.CONFUSION, confusionRows);
        tables.put(Table.SCORES, scoreRows);
    }

    public Classes classes() {
        return classes;
    }

    /** The predictions of each split. */
    public Map<Split, ConfusionMatrix> confusions() {
        return confusions;
    }

    /** The scores of a label, or of all rows where it is null. */
    public ScoreRow score(Split split, Outputs how, String label) {
        return scoreRows.stream()
                .filter(row -> row.split().equals(split.text()) && row.thresholded() == (how == Outputs.THRESHOLDED))
                .filter(row -> Objects.equals(label, row.label()))
                .findFirst()
                .orElseThrow();
    }

    private long predicted(ConfusionMatrix confusion, Outputs how, int predicted) {
        long rows = 0;
        for (int label = 0; label < labels.size(); label++) {
            rows += confusion.n(how, label, predicted);
        }
        return rows;
    }
}
