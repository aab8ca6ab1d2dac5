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

    /** A column as a message calls it: by its name, if it has one, and its number from 1. */
    String name(int column) {
        return header == null || header.get(column).isEmpty()
                ? "column " + (column + 1)
                : "'" + header.get(column) + "' (column " + (column + 1) + ")";
    }
}
