package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.model.ConfusionMatrix;
import org.sparkautoencoder.model.LabelErrors;
import org.sparkautoencoder.model.Outputs;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.runs.ClassifierMetrics;
import org.sparkautoencoder.shards.Split;

/** The errors of an autoencoder and the scores of a classifier on the console. */
final class MetricsTables {
    private static final int MOST_PRINTED = 40;

    private MetricsTables() {}

    /** Prints errors by the name of what they are of, a column each. */
    static void print(Map<String, LabelErrors> measured, PrintStream out) {
        StringBuilder above = new StringBuilder("mean squared error");
        StringBuilder head = new StringBuilder("label             ");
        for (String name : measured.keySet()) {
            above.append(String.format("  %-22s", name + " input"));
            head.append(String.format("  %10s %11s", "plain", "thresholded"));
        }
        out.println();
        out.println(above.toString().stripTrailing());
        out.println(head);
        Classes classes = measured.values().iterator().next().classes();
        for (int label = 0; label <= classes.size(); label++) {
            StringBuilder line =
                    new StringBuilder(String.format("%-18s", label == classes.size() ? "all" : classes.name(label)));
            boolean any = false;
            for (LabelErrors errors : measured.values()) {
                any |= errors.n(label) > 0;
                for (Outputs how : Outputs.values()) {
                    boolean thresholded = how == Outputs.THRESHOLDED;
                    line.append(thresholded ? " " : "  ")
                            .append(
                                    errors.n(label) == 0
                                            ? " ".repeat(thresholded ? 11 : 10)
                                            : String.format(
                                                    Locale.ROOT,
                                                    thresholded ? "%11.5f" : "%10.5f",
                                                    errors.mean(label, how)));
                }
            }
            if (any) {
                out.println(line);
            }
        }
        out.println();
    }

    /** Prints the accuracies of each split, and the scores of each class of the last one. */
    static void print(ClassifierMetrics metrics, PrintStream out) {
        out.println();
        out.println("accuracy            plain      balanced   thresholded  balanced");
        for (Split split : metrics.confusions().keySet()) {
            ScoreRow plain = metrics.score(split, Outputs.PLAIN, null);
            ScoreRow thresholded = metrics.score(split, Outputs.THRESHOLDED, null);
            out.printf(
                    Locale.ROOT,
                    "%-18s  %.4f     %.4f     %.4f       %.4f%n",
                    split.text(),
                    plain.accuracy(),
                    plain.balancedAccuracy(),
                    thresholded.accuracy(),
                    thresholded.balancedAccuracy());
        }
        Split last = new ArrayList<>(metrics.confusions().keySet())
                .get(metrics.confusions().size() - 1);
        out.printf("%n%-18s  precision  recall     F1           (plain)%n", last.text() + " label");
        for (String label : metrics.classes().names()) {
            ScoreRow score = metrics.score(last, Outputs.PLAIN, label);
            out.printf(
                    "%-18s  %-9s  %-9s  %s%n", label, text(score.precision()), text(score.recall()), text(score.f1()));
        }
        out.println();
    }

    /** The confusion of each split, both ways of predicting, unless there are too many classes for a console. */
    static void printConfusion(ClassifierMetrics metrics, PrintStream out) {
        List<String> names = metrics.classes().names();
        if (names.size() > MOST_PRINTED) {
            out.println("the confusion of " + names.size() + " classes is not printed, which is done up to "
                    + MOST_PRINTED);
            return;
        }
        int width = names.stream().mapToInt(String::length).max().orElse(0) + 1;
        String cell = "%" + Math.max(7, width) + "s";
        for (Map.Entry<Split, ConfusionMatrix> entry : metrics.confusions().entrySet()) {
            for (Outputs how : Outputs.values()) {
                out.printf(
                        "%s, %s: rows are true labels, columns predicted%n",
                        entry.getKey().text(), how == Outputs.PLAIN ? "plain" : "thresholded");
                out.printf(cell, "");
                names.forEach(name -> out.printf(cell, name));
                out.println();
                for (int label = 0; label < names.size(); label++) {
                    out.printf(cell, names.get(label));
                    for (int predicted = 0; predicted < names.size(); predicted++) {
                        out.printf(cell, entry.getValue().n(how, label, predicted));
                    }
                    out.println();
                }
                out.println();
            }
        }
    }

    private static String text(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
