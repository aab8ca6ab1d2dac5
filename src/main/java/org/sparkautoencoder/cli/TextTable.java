package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Rows of text in columns. */
final class TextTable {
    private TextTable() {}

    /** Prints lines of as many cells each; the first line is the head. */
    static void print(List<List<String>> lines, PrintStream out) {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], line.get(c).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                text.append(line.get(c))
                        .append(" ".repeat(widths[c] - line.get(c).length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** A number, and nothing for null. */
    static String number(String format, Double value) {
        return value == null ? "" : String.format(Locale.ROOT, format, value);
    }
}
