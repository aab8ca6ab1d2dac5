package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.util.List;

/**
 * How the lines of a file are read as rows.
 *
 * @param delimiter between the cells of a line
 * @param decimalMark point or comma
 * @param percent whether numbers may be followed by a percent sign, which is passed over
 * @param header the names in the first line; null where it is a row
 * @param columns what each column is
 */
record CsvDialect(char delimiter, char decimalMark, boolean percent, List<String> header, Columns columns)
        implements Serializable {

    /** The number of values of a row. */
    int width() {
        return columns.width();
    }

    /** Whether these cells are the names of the columns; of lines that end with a delimiter, the header's need not. */
    boolean isHeader(List<String> cells) {
        return header != null && (cells.equals(header) || cells.equals(withoutTrailing(header)));
    }

    private static List<String> withoutTrailing(List<String> header) {
        int last = header.size() - 1;
        return header.get(last).isEmpty() ? header.subList(0, last) : header;
    }

    /** A column as a message calls it: by its name, if it has one, and its number from 1. */
    String name(int column) {
        return header == null || header.get(column).isEmpty()
                ? "column " + (column + 1)
                : "'" + header.get(column) + "' (column " + (column + 1) + ")";
    }

    /** How the lines are read, in a few words. */
    String describe() {
        return columns.count() + " columns, " + columns.width() + " values, "
                + (columns.hasLabels()
                        ? columns.label() < 0 ? "label in several columns" : "label in " + name(columns.label())
                        : "no label");
    }
}
