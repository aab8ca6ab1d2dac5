package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.runs.ModelRetention;
import org.sparkautoencoder.sweep.Objective;

/** The trials of a sweep on the console, the best first. */
final class TrialList {
    private final PrintStream out;

    TrialList(PrintStream out) {
        this.out = out;
    }

    void print(Objective objective, List<TrialRow> rows) {
        List<TrialRow> sorted = new ArrayList<>(rows);
        sorted.sort(ModelRetention.betterFirst(objective));
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("trial", "settings", "status", "epochs", "train error", "test error", "took", ""));
        for (TrialRow row : sorted) {
            cells.add(Arrays.asList(
                    Integer.toString(row.trial()),
                    row.settings() == null ? "" : row.settings().strip().replace('\n', ' '),
                    row.status().text().replace('_', ' '),
                    Integer.toString(row.outcome().epochs()),
                    TextTable.number("%.5f", row.outcome().trainError()),
                    TextTable.number("%.5f", row.outcome().testError()),
                    String.format(Locale.ROOT, "%.1f s", row.outcome().seconds()),
                    row.outcome().error() != null
                            ? row.outcome().error()
                            : row.comparison().decision() == null
                                    ? ""
                                    : row.comparison().decision()));
        }
        TextTable.print(cells, out);
    }
}
