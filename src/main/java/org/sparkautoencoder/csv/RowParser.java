package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkautoencoder.csv.BadRow.Reason;
import org.sparkautoencoder.csv.Columns.Run;

/** Parses one line into values and a label. For one thread. */
final class RowParser {
    // Nearly every cell is a few digits, perhaps with a sign or a point, directly between two delimiters: that is read
    // in one loop. At anything else the line is read again cell by cell, which also finds out what is wrong with it.
    private static final int MOST_SHORT_DIGITS = 7; // 9,999,999 < 2^24
    private static final String[] DIGITS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    private final CsvDialect dialect;
    private final CsvSettings settings;
    private final ValueBounds bounds;
    private final byte delimiter;
    private final byte decimalMark;
    private final Run[] runs;
    private final Cells cells;
    private final CellParser cellParser;
    private final Map<String, String> labels = new HashMap<>();
    private final int highWhole; // the largest whole number inside the bounds

    private final RowStatistics.Row row = new RowStatistics.Row();
    private String label;
    private Reason reason;
    private int badColumn;
    private String badValue = "";
    private String detail = "";

    RowParser(CsvDialect dialect, CsvSettings settings, ValueBounds bounds) {
        this.dialect = dialect;
        this.settings = settings;
        this.bounds = bounds;
        this.delimiter = (byte) dialect.delimiter();
        this.decimalMark = (byte) dialect.decimalMark();
        this.runs = dialect.columns().runs();
        this.cells = new Cells(dialect.delimiter());
        this.cellParser = new CellParser(dialect);
        this.highWhole = (int) Math.min(bounds.high(), Integer.MAX_VALUE);
    }

    /**
     * Reads line[start .. end - 1]; line[end] must be there and a line's end.
     *
     * @param values takes the row's values as they stand in the line, NaN for a missing one
     * @return whether the row is good; if not, {@link #badRow} says why
     */
    boolean parse(byte[] line, int start, int end, float[] values) {
        reset();
        int next = bounds.areUniform() ? start : -1;
        for (int i = 0; i < runs.length && next >= 0; i++) {
            Run run = runs[i];
            next = switch (run.role()) {
                case VALUE -> values(line, next, end, values, run.firstValue(), run.count());
                case LABEL -> label(line, next, end);
                case IGNORED -> skip(line, next, end, run.count());
                default -> -1;
            };
        }
        return next == end + 1 || parseCells(line, start, end, values);
    }

    private void reset() {
        label = null;
        row.reset();
    }

    /** The label of the last good row; null where it has none. */
    String label() {
        return label;
    }

    /** What is known of the values of the last good row. */
    RowStatistics.Row row() {
        return row;
    }

    BadRow badRow(long lineNumber) {
        return new BadRow(reason, lineNumber, badColumn, badValue, detail);
    }

    /** @return where the next cell starts (after the last: end + 1), -1 where something unusual stands */
    private int values(byte[] line, int start, int end, float[] values, int at, int count) {
        if (start > end) {
            return -1;
        }
        int next = start;
        int largestWhole = -1;
        int smallestWhole = Integer.MAX_VALUE;
        for (int i = at; i < at + count; i++) {
            if (line[next] == '0' && line[next + 1] == delimiter) { // four fifths of a digit's picture
                values[i] = 0;
                smallestWhole = 0;
                next += 2;
                continue;
            }
            boolean negative = line[next] == '-';
            int first = negative ? ++next : next;
            int digits = 0;
            int digit = line[next] - '0';
            while (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                digit = line[++next] - '0';
            }
            int places = 0;
            int length = next - first;
            if (line[next] == decimalMark) {
                int point = next++;
                digit = line[next] - '0';
                while (digit >= 0 && digit <= 9) {
                    digits = digits * 10 + digit;
                    digit = line[++next] - '0';
                }
                places = next - point - 1;
                length += places;
            }
            boolean ended = next == end;
            if (length == 0 || length > MOST_SHORT_DIGITS || (line[next] != delimiter && !ended)) {
                return -1;
            }
            if (ended && i != at + count - 1) {
                return -1;
            }
            if (places == 0 && !negative) {
                if (digits > highWhole) {
                    return -1;
                }
                largestWhole = Math.max(largestWhole, digits);
                smallestWhole = Math.min(smallestWhole, digits);
                values[i] = digits;
            } else {
                float value = DecimalParser.shortDecimal(digits, places);
                values[i] = negative ? 0 - value : value;
                if (!(values[i] >= bounds.low() && values[i] <= bounds.high())) {
                    return -1;
                }
                row.add(values[i], false);
            }
            next++;
        }
        if (smallestWhole == 0) {
            row.add(0, true);
        }
        if (largestWhole >= 0) {
            row.add(smallestWhole, smallestWhole <= 255);
            row.add(largestWhole, largestWhole <= 255);
        }
        return next;
    }

    private int label(byte[] line, int start, int end) {
        if (start >= end) {
            return -1;
        }
        if (DecimalParser.isDigit(line[start]) && (start + 1 == end || line[start + 1] == delimiter)) {
            label = DIGITS[line[start] - '0'];
            return start + 2;
        }
        int to = start;
        while (to < end && line[to] != delimiter) {
            if (line[to] == '"' || (line[to] >= 0 && line[to] <= ' ')) {
                return -1;
            }
            to++;
        }
        if (to == start) {
            return -1;
        }
        label = labelOf(cellParser.text(line, start, to));
        return to + 1;
    }

    private String labelOf(String text) {
        return labels.computeIfAbsent(text, Classes::label);
    }

    private int skip(byte[] line, int start, int end, int count) {
        int next = start;
        for (int i = 0; i < count; i++) {
            if (next > end) {
                return -1;
            }
            int begin = next;
            while (next < end && line[next] != delimiter) {
                if (line[next] == '"') {
                    return -1;
                }
                next++;
            }
            if (delimiter == ' ' && (next == begin || next == end)) {
                return -1; // several spaces count as one, and those at the end for nothing
            }
            next++;
        }
        return next;
    }

    private boolean parseCells(byte[] line, int start, int end, float[] values) {
        reset();
        row.bytes = false;
        cells.split(line, start, end);
        int count = dialect.columns().count();
        if (cells.count() != count) {
            return bad(Reason.COLUMNS, -1, cells.count() + " columns instead of " + count);
        }
        for (int column = 0; column < count; column++) {
            boolean good = switch (dialect.columns().role(column)) {
                case VALUE -> value(line, column, values);
                case LABEL -> cells.isEmpty(column) || label(column);
                case INDICATOR -> indicator(line, column);
                default -> true;
            };
            if (!good) {
                return false;
            }
        }
        if (label == null && !settings.unlabelled() && dialect.columns().hasLabels()) {
            int column = dialect.columns().label();
            return column >= 0
                    ? bad(Reason.LABEL, column, "the label is missing; or the rows may have none (--unlabelled)")
                    : bad(Reason.LABEL, -1, "none of the label columns holds a 1");
        }
        return true;
    }

    private boolean label(int column) {
        label = labelOf(cells.text(column));
        return true;
    }

    private boolean indicator(byte[] line, int column) {
        float value = cellParser.number(line, cells.start(column), cells.end(column));
        if (value == 0) {
            return true;
        }
        if (value == 1 && label == null) {
            label = dialect.columns().className(column, dialect.header());
            return true;
        }
        return bad(Reason.LABEL, column, "one label column holds a 1 and the others 0");
    }

    private boolean value(byte[] line, int column, float[] values) {
        int index = dialect.columns().value(column);
        float value = cellParser.number(line, cells.start(column), cells.end(column)) + 0f; // -0 becomes 0
        if (Float.isNaN(value) && cellParser.isMissing(line, cells.start(column), cells.end(column))) {
            row.missing++;
            values[index] = Float.NaN;
            return settings.missing() != CsvSettings.Missing.FAIL
                    || bad(
                            Reason.MISSING,
                            column,
                            "the value is missing; give it, or train with missing values filled (--missing mean or zero)");
        }
        if (Float.isInfinite(value) || (Float.isNaN(value) && CellParser.isInfinite(cells.text(column)))) {
            return bad(Reason.INFINITE, column, "a value must be finite");
        }
        if (Float.isNaN(value)) {
            return bad(
                    Reason.NOT_A_NUMBER,
                    column,
                    "a value must be a number (if the column is no input: --ignore-columns, or --label-column)");
        }
        if (!bounds.isUsable(value, index)) {
            return bad(Reason.RANGE, column, "a value must be in " + bounds.describe(index));
        }
        row.outside += bounds.isInside(value, index) ? 0 : 1;
        row.add(value, false);
        values[index] = value;
        return true;
    }

    private boolean bad(Reason why, int column, String what) {
        boolean header = isHeader();
        reason = header ? Reason.REPEATED_HEADER : why;
        badColumn = header ? 0 : column + 1;
        badValue = column < 0 ? "" : cells.text(column);
        detail = what;
        return false;
    }

    private boolean isHeader() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cells.count(); i++) {
            texts.add(cells.text(i));
        }
        return dialect.isHeader(texts);
    }
}
