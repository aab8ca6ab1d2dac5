package org.sparkautoencoder.sweep;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** What tells a better trial from a worse one. */
public enum Objective {
    /** The error over the test rows after the last epoch; the less the better. */
    TEST_ERROR,
    /** The error over the training rows in the last epoch; the less the better. */
    TRAIN_ERROR,
    /** 1 - the test error of a classifier, its balanced accuracy on the test rows; the more the better. */
    TEST_ACCURACY;

    /** Its value for a trial with these errors; null if the one that it needs is missing. */
    public Double value(Double trainError, Double testError) {
        return switch (this) {
            case TEST_ERROR -> testError;
            case TRAIN_ERROR -> trainError;
            case TEST_ACCURACY -> testError == null ? null : (Double) (1 - testError);
        };
    }

    /** Better values first, and none last. */
    public Comparator<Double> betterFirst() {
        Comparator<Double> order = this == TEST_ACCURACY ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.nullsLast(order);
    }

    /** The one that is written so; {@link #TEST_ERROR} for null. */
    public static Objective of(String text) {
        return Arrays.stream(values())
                .filter(objective -> text == null || objective.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the objective must be test-error, train-error or test-accuracy, got " + text));
    }

    /** Whether it needs rows to test on. */
    public boolean needsTest() {
        return this != TRAIN_ERROR;
    }

    /** As it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return text();
    }
}
