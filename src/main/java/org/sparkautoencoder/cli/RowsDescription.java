package org.sparkautoencoder.cli;

import java.io.PrintStream;
import org.sparkautoencoder.csv.LoadedRows;

/** What was understood of the files of rows, on the console. */
final class RowsDescription {
    private RowsDescription() {}

    /** @param what the rows are for, a word */
    static void print(String what, LoadedRows rows, PrintStream out) {
        String name = what;
        for (String line : rows.description()) {
            out.printf("%-8s %s%n", name, line);
            name = "";
        }
    }
}
