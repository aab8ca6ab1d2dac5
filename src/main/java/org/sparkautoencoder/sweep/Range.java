package org.sparkautoencoder.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A range of numbers on a linear or logarithmic scale.
 *
 * @param log whether the scale is logarithmic; both ends are then above 0
 * @param from the minimum
 * @param to the maximum, above {@code from}
 * @param integer whether values are rounded to integers
 */
record Range(boolean log, double from, double to, boolean integer) {
    // The precision of a float, so that the value between 0.01 and 0.0001 is 0.001.
    private static final MathContext DIGITS = new MathContext(7);

    Range {
        if (!(Double.isFinite(from) && Double.isFinite(to) && from < to)) {
            throw new IllegalArgumentException("the first number must be below the second");
        }
        if (log && from <= 0) {
            throw new IllegalArgumentException("a logarithmic range starts above 0");
        }
    }

    /** {@code n} evenly spaced values with both ends; fewer if rounded values coincide. */
    List<String> steps(int n) {
        if (n < 2) {
            throw new IllegalArgumentException("a range has at least 2 steps");
        }
        return IntStream.range(0, n)
                .mapToObj(i -> text(i / (n - 1.0)))
                .distinct()
                .toList();
    }

    String sample(SplittableRandom random) {
        return text(random.nextDouble());
    }

    private String text(double fraction) {
        double value = log ? from * Math.pow(to / from, fraction) : from + fraction * (to - from);
        BigDecimal exact = new BigDecimal(value);
        return (integer
                        ? exact.setScale(0, RoundingMode.HALF_UP)
                        : exact.round(DIGITS).stripTrailingZeros())
                .toPlainString();
    }
}
