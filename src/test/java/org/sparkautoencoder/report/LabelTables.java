package org.sparkautoencoder.report;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RowLabel;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.SampleRow;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;

/** The tables of trainings with the study's settings on rows with other labels. */
final class LabelTables {
    private static final Instant END = Instant.parse("2026-03-29T01:00:09Z");
    private static final int MOST_CLASSES_WITH_ALL_PAIRS = 100;

    private final Path out;

    LabelTables(Path out) {
        this.out = out;
    }

    /** An autoencoder; the errors grow from label to label. */
    void autoencoder(String id, List<String> labels) throws IOException {
        RunRow row = StudyTables.row("denoising", null, 0.01, null);
        ResultTables tables = ResultTables.create(out, new Configuration(), id, row);
        tables.append(Table.EPOCHS, StudyTables.epochs("denoising", 20, 0.1, 0.02));
        List<RowLabel> each = new ArrayList<>(RowLabel.of(labels));
        each.add(RowLabel.NONE);
        List<DigitErrorRow> errors = new ArrayList<>();
        for (String split : List.of("train", "test")) {
            for (boolean thresholded : new boolean[] {false, true}) {
                for (int i = 0; i < each.size(); i++) {
                    double error = (split.equals("test") ? 0.03 : 0.01) * (1 + (double) i / each.size());
                    errors.add(new DigitErrorRow(
                            "denoising", split, "noised", thresholded, each.get(i), 100, error, error / 3));
                }
            }
        }
        tables.append(Table.DIGIT_ERRORS, errors);
        SplittableRandom random = new SplittableRandom(1);
        List<SampleRow> samples = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RowLabel label = each.get(i % each.size());
            for (String view : List.of("true", "decoded")) {
                samples.add(new SampleRow(
                        "denoising", "test", view, i, label, 28, 28, null, StudyTables.picture(random, i, 0)));
            }
        }
        tables.append(Table.SAMPLES, samples);
        tables.putRun(row.ended(Status.FINISHED, END, "ab12".repeat(16), null));
    }

    /** A classifier that takes some rows of each class for the next one, and few for the one after that. */
    void classifier(String id, List<String> labels) throws IOException {
        RunRow row = StudyTables.row("classifier", null, 0.01, null);
        ResultTables tables = ResultTables.create(out, new Configuration(), id, row);
        tables.append(Table.EPOCHS, StudyTables.epochs("classifier", 20, 0.4, 0.1));
        List<RowLabel> each = RowLabel.of(labels);
        List<ConfusionRow> confusion = new ArrayList<>();
        List<ScoreRow> scores = new ArrayList<>();
        for (String split : List.of("train", "test")) {
            for (boolean thresholded : new boolean[] {false, true}) {
                for (int t = 0; t < each.size(); t++) {
                    for (int p = 0; p < each.size(); p++) {
                        long n = rows(t, p, each.size());
                        if (n > 0 || each.size() <= MOST_CLASSES_WITH_ALL_PAIRS) {
                            confusion.add(
                                    new ConfusionRow("classifier", split, thresholded, each.get(t), each.get(p), n));
                        }
                    }
                    scores.add(ScoreRow.ofLabel("classifier", split, thresholded, each.get(t), 100, 0.9, 0.8, 0.85));
                }
                scores.add(ScoreRow.ofAllRows("classifier", split, thresholded, 100L * each.size(), 0.8, 0.8));
            }
        }
        tables.append(Table.CONFUSION, confusion);
        tables.append(Table.SCORES, scores);
        tables.putRun(row.ended(Status.FINISHED, END, "cd34".repeat(16), null));
    }

    static long rows(int label, int predicted, int classes) {
        if (label == predicted) {
            return 80;
        }
        return predicted == (label + 1) % classes ? 15 + label % 7 : predicted == (label + 2) % classes ? 2 : 0;
    }
}
