package org.sparkautoencoder.csv;

import java.io.Serializable;

/** A row that cannot be used, and its position. */
final class BadRow implements Serializable {
    /** Why. */
    enum Reason {
        COLUMNS("wrong number of columns"),
        NOT_A_NUMBER("not a number"),
        MISSING("missing value"),
        INFINITE("infinite"),
        RANGE("out of range"),
        LABEL("no usable label"),
        UNREADABLE("cannot be read"),
        EMPTY("no rows in a file"),
        /** No row, and so no error. */
        COMMENT("comment"),
        /** No row, and so no error. */
        REPEATED_HEADER("repeated header");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /** Whether it says that a row is bad, rather than that a line is no row. */
        boolean isBad() {
            return this != COMMENT && this != REPEATED_HEADER;
        }
    }

    private static final int LONGEST_VALUE = 40;
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long line;
    private final int column;
    private final String value;
    private final String detail;

    /**
     * @param line 1-based within the lines counted so far; 0 for a whole file
     * @param column 1-based, 0 where it is the whole row
     * @param detail what was expected, or what to do
     */
    BadRow(Reason reason, long line, int column, String value, String detail) {
        this.reason = reason;
        this.line = line;
        this.column = column;
        this.value = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
        this.detail = detail;
    }

    Reason reason() {
        return reason;
    }

    /** The same row, where {@code lines} lines stand before the ones it was counted in. */
    BadRow after(long lines) {
        return lines == 0 ? this : new BadRow(reason, line + lines, column, value, detail);
    }

    /** Likewise, of a file that could be read before. */
    String describeAgain(String file) {
        return file + " could be read at first and cannot be read again: " + detail;
    }

    String describe(String file) {
        if (line == 0) {
            return file + ": " + detail;
        }
        String where = file + ", line " + line;
        return column == 0
                ? where + ": " + detail
                : where + ", column " + column + ", value '" + value + "': " + detail;
    }
}
