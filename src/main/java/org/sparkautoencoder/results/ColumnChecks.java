package org.sparkautoencoder.results;

import java.util.List;

/** Checks of column values in the constructors of rows; an error names the column and the value. */
final class ColumnChecks {
    private ColumnChecks() {}

    static void notNull(String column, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(column + " must not be null");
        }
    }

    static void oneOf(String column, String value, List<String> allowed) {
        if (value == null || !allowed.contains(value)) {
            throw new IllegalArgumentException(column + " must be one of " + allowed + ", got " + value);
        }
    }

    static void atLeast(String column, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(column + " must be at least " + minimum + ", got " + value);
        }
    }

    static void notNegative(String column, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(column + " must be a number of at least 0, got " + value);
        }
    }

    /**
     * The label of a row: that of a file without labels, as older versions wrote it, is the digit.
     *
     * @param column the name of the label's column
     * @param digitColumn the name of the digit's column
     */
    static String label(String column, String label, String digitColumn, Integer digit) {
        if (digit == null) {
            return label;
        }
        if (digit < 0 || digit > 9) {
            throw new IllegalArgumentException(digitColumn + " must be 0..9, got " + digit);
        }
        if (label != null && !label.equals(digit.toString())) {
            throw new IllegalArgumentException(
                    column + " must be the " + digitColumn + " " + digit + " as text, got " + label);
        }
        return digit.toString();
    }

    static void pixels(int width, int height, float[] pixels) {
        atLeast("width", width, 1);
        atLeast("height", height, 1);
        if (pixels != null && pixels.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "pixels must be " + width + " x " + height + " values, got " + pixels.length);
        }
    }
}
