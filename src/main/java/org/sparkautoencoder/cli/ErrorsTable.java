package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.sparkautoencoder.model.LabelErrors;
import org.sparkautoencoder.model.Outputs;

/** The errors of an autoencoder on the console. */
final class ErrorsTable {
    private ErrorsTable() {}

    /** Prints errors by the name of what they are of, a column each. */
    static void print(Map<String, LabelErrors> measured, PrintStream out) {
        StringBuilder above = new StringBuilder("mean squared error");
        StringBuilder head = new StringBuilder("digit             ");
        for (String name : measured.keySet()) {
            above.append(String.format("  %-22s", name + " input"));
            head.append(String.format("  %10s %11s", "plain", "thresholded"));
        }
        out.println();
        out.println(above.toString().stripTrailing());
        out.println(head);
        for (int digit = 0; digit <= LabelErrors.ALL; digit++) {
            StringBuilder line = new StringBuilder(String.format("%-18s", digit == LabelErrors.ALL ? "all" : digit));
            boolean any = false;
            for (LabelErrors errors : measured.values()) {
                any |= errors.n(digit) > 0;
                for (Outputs how : Outputs.values()) {
                    boolean thresholded = how == Outputs.THRESHOLDED;
                    line.append(thresholded ? " " : "  ")
                            .append(
                                    errors.n(digit) == 0
                                            ? " ".repeat(thresholded ? 11 : 10)
                                            : String.format(
                                                    Locale.ROOT,
                                                    thresholded ? "%11.5f" : "%10.5f",
                                                    errors.mean(digit, how)));
                }
            }
            if (any) {
                out.println(line);
            }
        }
        out.println();
    }
}
