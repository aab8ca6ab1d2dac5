package org.sparkautoencoder.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Numbers from one to another, spaced evenly, or so that each is the same multiple of the one before.
 *
 * @param log whether multiples are even; then both ends are above 0
 * @param from the least
 * @param to the greatest, above {@code from}
 * @param whole whether only whole numbers will do
 */
record Range(boolean log, double from, double to, boolean whole) {
    // What a float holds; so the value between 0.01 and 0.0001 is 0.001.
    private static final MathContext DIGITS = new MathContext(7);

    Range {
        if (!(Double.isFinite(from) && Double.isFinite(to) && from < to)) {
            throw new IllegalArgumentException("its first number must be below its second");
        }
        if (log && from <= 0) {
            throw new IllegalArgumentException("a logarithmic one begins above 0");
        }
    }

    /** Both ends and what lies between; fewer where whole numbers coincide. */
    List<String> steps(int n) {
        if (n < 2) {
            throw new IllegalArgumentException("it has at least 2 steps");
        }
        return IntStream.range(0, n)
                .mapToObj(i -> text(i / (n - 1.0)))
                .distinct()
                .toList();
    }

    String draw(SplittableRandom random) {
        return text(random.nextDouble());
    }

    private String text(double share) {
        double value = log ? from * Math.pow(to / from, share) : from + share * (to - from);
        BigDecimal exact = new BigDecimal(value);
        return (whole
                        ? exact.setScale(0, RoundingMode.HALF_UP)
                        : exact.round(DIGITS).stripTrailingZeros())
                .toPlainString();
    }
}
