package org.sparkautoencoder.report;

import java.util.Locale;

/** Formats the numbers of the page. */
final class Numbers {
    private static final String NONE = "–";

    private Numbers() {}

    /** An error or a loss. */
    static String error(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.5f", value);
    }

    /** An accuracy or another fraction of 1. */
    static String fraction(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.4f", value);
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String seconds(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.1f s", value);
    }

    /** A setting stored as a double that was a float, with the digits of a float. */
    static String setting(double value) {
        String text = Float.toString((float) value);
        return text.endsWith("E-4") && (float) value == 1e-4f ? "0.0001" : text;
    }

    static String or(Object value) {
        return value == null ? NONE : value.toString();
    }
}
