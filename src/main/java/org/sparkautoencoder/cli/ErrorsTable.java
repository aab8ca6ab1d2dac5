package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.model.LabelErrors;
import org.sparkautoencoder.model.Outputs;

/** The errors of an autoencoder on the console. */
final class ErrorsTable {
    private ErrorsTable() {}

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
}
