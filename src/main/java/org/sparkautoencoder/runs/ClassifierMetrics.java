package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.model.ConfusionMatrix;
import org.sparkautoencoder.model.Outputs;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.shards.Split;

/** How well a classifier tells classes apart, as rows of the tables. */
public final class ClassifierMetrics {
    private final JavaSparkContext spark;
    private final String model;
    private final Classes classes;
    private final Map<Split, ConfusionMatrix> confusions = new LinkedHashMap<>();
    private final List<ConfusionRow> confusionRows = new ArrayList<>();
    private final List<ScoreRow> scoreRows = new ArrayList<>();

    public ClassifierMetrics(JavaSparkContext spark, String model, Classes classes) {
        this.spark = spark;
        this.classes = classes;
        this.model = model;
    }

    /** Takes the predictions of a split. */
    public void add(Split split, ConfusionMatrix confusion) {
        confusions.put(split, confusion);
        for (Outputs how : Outputs.values()) {
            boolean thresholded = how == Outputs.THRESHOLDED;
            MulticlassMetrics metrics = confusion.metrics(spark, how);
            long rows = 0;
            for (int label = 0; label < classes.size(); label++) {
                for (int predicted = 0; predicted < classes.size(); predicted++) {
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

    public Classes classes() {
        return classes;
    }

    /** The predictions of each split. */
    public Map<Split, ConfusionMatrix> confusions() {
        return confusions;
    }

    /** The scores of a class, or of all rows where {@code label} is null. */
    public ScoreRow score(Split split, Outputs how, Integer label) {
        return scoreRows.stream()
                .filter(row -> row.split().equals(split.text()) && row.thresholded() == (how == Outputs.THRESHOLDED))
                .filter(row -> label == null ? row.digit() == null : label.equals(row.digit()))
                .findFirst()
                .orElseThrow();
    }

    private long predicted(ConfusionMatrix confusion, Outputs how, int digit) {
        long rows = 0;
        for (int label = 0; label < classes.size(); label++) {
            rows += confusion.n(how, label, digit);
        }
        return rows;
    }
}
