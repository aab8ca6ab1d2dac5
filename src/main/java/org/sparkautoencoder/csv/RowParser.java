package org.sparkautoencoder.csv;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Parses one line into pixels and a label. For one thread. */
final class RowParser {
    // Nearly every cell is a few digits, perhaps with a point, directly between two commas: that is read in one loop.
    // At anything else the line is read again cell by cell, which also finds out what is wrong with it, if anything
    // is.
    private static final int MOST_SHORT_DIGITS = 7; // 9,999,999 < 2^24

    private final CsvDialect dialect;
    private final boolean unlabelled;
    private final float largest;
    private int label;
    private boolean whole;
    private BadRow.Reason reason;
    private int badColumn;
    private String badValue = "";
    private String detail = "";

    RowParser(CsvDialect dialect, boolean unlabelled) {
        this.dialect = dialect;
        this.unlabelled = unlabelled;
        this.largest = dialect.scale().largest();
    }

    /**
     * Reads line[start .. end - 1]; line[end] must be there and a line's end.
     *
     * @param pixels takes the row's pixels as they stand in the line
     * @return whether the row is good; if not, {@link #badRow} says why
     */
    boolean parse(byte[] line, int start, int end, float[] pixels) {
        int labelColumn = dialect.labelColumn();
        int leading = dialect.leading();
        int width = dialect.width();
        int before = labelColumn < 0 ? width : labelColumn - leading;
        label = DataRow.UNLABELLED;
        whole = true;
        int first = start;
        for (int i = 0; i < leading && first <= end; i++) {
            first = cellEnd(line, first, end) + 1;
        }
        int next = pixels(line, first, end, pixels, 0, before);
        if (next >= 0 && labelColumn >= 0) {
            next = label(line, next, end);
            if (next >= 0) {
                next = pixels(line, next, end, pixels, before, width - before);
            }
        }
        return next == end + 1 || parseCells(line, start, end, pixels);
    }

    /** The label of the last good row. */
    int label() {
        return label;
    }

    /** Whether all pixels of the last good row are known to be whole numbers. */
    boolean isWhole() {
        return whole;
    }

    BadRow badRow(long lineNumber) {
        return new BadRow(reason, lineNumber, badColumn, badValue, detail);
    }

    /** @return where the next cell starts (after the last: end + 1), -1 where something unusual stands */
    private int pixels(byte[] line, int start, int end, float[] pixels, int at, int count) {
        if (count > 0 && start > end) {
            return -1;
        }
        int next = start;
        for (int i = at; i < at + count; i++) {
            if (line[next] == '0' && line[next + 1] == ',') { // four fifths of a digit's picture
                pixels[i] = 0;
                next += 2;
                continue;
            }
            int first = next;
            int digits = 0;
            int digit = line[next] - '0';
            while (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                digit = line[++next] - '0';
            }
            int places = 0;
            int length = next - first;
            if (line[next] == '.') {
                int point = next++;
                digit = line[next] - '0';
                while (digit >= 0 && digit <= 9) {
                    digits = digits * 10 + digit;
                    digit = line[++next] - '0';
                }
                places = next - point - 1;
                length += places;
                whole = false;
            }
            if (length == 0 || length > MOST_SHORT_DIGITS || (line[next] != ',' && next != end)) {
                return -1;
            }
            float value = places == 0 ? digits : DecimalParser.shortDecimal(digits, places);
            if (value > largest || (next == end && i != at + count - 1)) {
                return -1;
            }
            pixels[i] = value;
            next++;
        }
        return next;
    }

    private int label(byte[] line, int start, int end) {
        if (start >= end || !DecimalParser.isDigit(line[start]) || (start + 1 != end && line[start + 1] != ',')) {
            return -1;
        }
        label = line[start] - '0';
        return start + 2;
    }

    private boolean parseCells(byte[] line, int start, int end, float[] pixels) {
        int columns = columns(line, start, end);
        if (columns != dialect.columns()) {
            return bad(BadRow.Reason.COLUMNS, 0, "", columns + " columns instead of " + dialect.columns());
        }
        int from = start;
        int pixel = 0;
        whole = false;
        for (int column = 0; column < columns; column++) {
            int to = cellEnd(line, from, end);
            if (column < dialect.leading()) {
                from = to + 1;
                continue;
            }
            float value = number(line, from, to);
            if (column == dialect.labelColumn()) {
                boolean good = value >= 0 && value <= 9 && value == (int) value;
                if (!good && !unlabelled) {
                    return bad(
                            BadRow.Reason.LABEL,
                            column + 1,
                            text(line, from, to),
                            "a label must be 0..9 (another column may be the label: --label-column; or none: --unlabelled)");
                }
                label = good ? (int) value : DataRow.UNLABELLED;
            } else if (value >= 0 && value <= largest) {
                pixels[pixel++] = value + 0f; // -0 becomes 0
            } else {
                return badPixel(value, column, text(line, from, to));
            }
            from = to + 1;
        }
        return true;
    }

    private boolean badPixel(float value, int column, String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
        if (word.equals("nan")) {
            return bad(BadRow.Reason.NAN, column + 1, text, "a pixel must be a number");
        }
        if (Float.isInfinite(value) || word.equals("inf") || word.equals("infinity")) {
            return bad(BadRow.Reason.INFINITE, column + 1, text, "a pixel must be finite");
        }
        if (Float.isNaN(value)) {
            return bad(BadRow.Reason.NOT_A_NUMBER, column + 1, text, "a pixel must be a number");
        }
        String hint = value > 1 && value <= 255 ? " (are the pixels 0..255? then say --pixel-scale 255)" : "";
        return bad(BadRow.Reason.RANGE, column + 1, text, "a pixel must be 0.." + (int) largest + hint);
    }

    private boolean bad(BadRow.Reason why, int column, String value, String what) {
        reason = why;
        badColumn = column;
        badValue = value;
        detail = what + "; correct the row, or skip bad rows (--bad-rows skip)";
        return false;
    }

    /** All cells of a line as numbers; NaN where one isn't. */
    static float[] numbers(byte[] line, int start, int end) {
        float[] numbers = new float[columns(line, start, end)];
        int from = start;
        for (int i = 0; i < numbers.length; i++) {
            int to = cellEnd(line, from, end);
            numbers[i] = number(line, from, to);
            from = to + 1;
        }
        return numbers;
    }

    private static int cellEnd(byte[] line, int from, int end) {
        int to = from;
        while (to < end && line[to] != ',') {
            to++;
        }
        return to;
    }

    private static float number(byte[] line, int from, int to) {
        int first = from;
        int last = to;
        while (first < last && line[first] <= ' ' && line[first] >= 0) {
            first++;
        }
        while (first < last && line[last - 1] <= ' ' && line[last - 1] >= 0) {
            last--;
        }
        return DecimalParser.parse(line, first, last);
    }

    private static int columns(byte[] line, int start, int end) {
        int columns = 1;
        for (int i = start; i < end; i++) {
            if (line[i] == ',') {
                columns++;
            }
        }
        return columns;
    }

    private static String text(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }
}
