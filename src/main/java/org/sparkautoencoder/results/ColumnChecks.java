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

    static void digit(String column, int value) {
        if (value < 0 || value > 9) {
            throw new IllegalArgumentException(column + " must be 0..9, got " + value);
        }
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
