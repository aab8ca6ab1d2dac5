package org.sparkautoencoder.sweep;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** The value by which trials are compared. */
public enum Objective {
    /** The error on the test rows after the last epoch; lower is better. */
    TEST_ERROR,
    /** The error on the training rows in the last epoch; lower is better. */
    TRAIN_ERROR,
    /** 1 - the test error of a classifier, its balanced accuracy on the test rows; higher is better. */
    TEST_ACCURACY;

    /** The value for a trial with these errors; null if the required error is missing. */
    public Double value(Double trainError, Double testError) {
        return switch (this) {
            case TEST_ERROR -> testError;
            case TRAIN_ERROR -> trainError;
            case TEST_ACCURACY -> testError == null ? null : (Double) (1 - testError);
        };
    }

    /** Orders better values first and null last. */
    public Comparator<Double> betterFirst() {
        Comparator<Double> order = this == TEST_ACCURACY ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.nullsLast(order);
    }

    /** The objective with this {@link #text}; {@link #TEST_ERROR} for null. */
    public static Objective of(String text) {
        return Arrays.stream(values())
                .filter(objective -> text == null || objective.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the objective must be test-error, train-error or test-accuracy, got " + text));
    }

    /** Whether it needs test rows. */
    public boolean needsTest() {
        return this != TRAIN_ERROR;
    }

    /** The name in options and tables. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return text();
    }
}
