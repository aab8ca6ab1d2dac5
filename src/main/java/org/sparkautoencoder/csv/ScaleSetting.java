package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.util.Locale;

/**
 * Which scale values are brought to, as a user says it.
 *
 * @param kind what is done
 * @param largest under {@link Kind#RANGE}, the value that becomes 1; else 0
 */
public record ScaleSetting(Kind kind, float largest) implements Serializable {
    /** What is done. */
    public enum Kind {
        /** Divides by the largest value of the kind of data that the rows turn out to be; see {@link ScaleFit}. */
        AUTO,
        /** Leaves the values as they are. */
        NONE,
        /** Divides by a number. */
        RANGE,
        /** Brings each column's minimum to 0 and its maximum to 1. */
        MINMAX,
        /** Brings each column's mean to 0 and its standard deviation to 1. */
        STANDARD
    }

    /** The scale is chosen by the data. */
    public static final ScaleSetting AUTO = new ScaleSetting(Kind.AUTO, 0);

    public ScaleSetting {
        if (kind == Kind.RANGE && !(largest > 0 && Float.isFinite(largest))) {
            throw new IllegalArgumentException("the value that becomes 1 must be above 0, got " + largest);
        }
    }

    /** Divides by {@code largest}. */
    public static ScaleSetting range(float largest) {
        return new ScaleSetting(Kind.RANGE, largest);
    }

    /**
     * The scale that a setting names: auto, none, minmax, standard or a number above 0.
     *
     * @throws IllegalArgumentException for another text
     */
    public static ScaleSetting of(String text) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.RANGE && kind.name().equals(text.toUpperCase(Locale.ROOT))) {
                return new ScaleSetting(kind, 0);
            }
        }
        try {
            return range(Float.parseFloat(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the scale must be auto, none, minmax, standard or a number above 0, such as 1 or 255, got " + text,
                    e);
        }
    }
}
