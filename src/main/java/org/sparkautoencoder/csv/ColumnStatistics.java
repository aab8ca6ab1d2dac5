package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collections;
import org.apache.spark.api.java.JavaRDD;

/**
 * Minimum, maximum, mean and standard deviation of each column. They do not depend on how the rows lie in partitions: sums are
 * taken over integers, the values' places between minimum and maximum in units of 2^-31 of their distance.
 */
final class ColumnStatistics {
    private static final int BITS = 31;
    private static final double UNITS = 1L << BITS;

    private final Ranges ranges;
    private final double[] means;
    private final double[] deviations;

    private ColumnStatistics(Ranges ranges, double[] means, double[] deviations) {
        this.ranges = ranges;
        this.means = means;
        this.deviations = deviations;
    }

    /** One pass over the rows for the ranges. */
    static Ranges ranges(JavaRDD<RowBlock> blocks, int width) {
        return blocks.mapPartitions(part -> {
                    Ranges found = new Ranges(width);
                    part.forEachRemaining(found::add);
                    return Collections.singleton(found).iterator();
                })
                .reduce(Ranges::add);
    }

    /** Another for the moments. */
    static ColumnStatistics of(JavaRDD<RowBlock> blocks, Ranges ranges) {
        Sums sums = blocks.mapPartitions(part -> {
                    Sums found = new Sums(ranges);
                    part.forEachRemaining(found::add);
                    return Collections.singleton(found).iterator();
                })
                .reduce(Sums::add);
        int width = ranges.minimum.length;
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int i = 0; i < width; i++) {
            double distance = (double) ranges.maximum[i] - ranges.minimum[i];
            long n = ranges.counts[i];
            if (n > 0) {
                means[i] = ranges.minimum[i] + distance * ((double) sums.sums[i] / n / UNITS);
                deviations[i] = distance * Math.sqrt(sums.variance(i, n)) / UNITS;
            }
        }
        return new ColumnStatistics(ranges, means, deviations);
    }

    Ranges ranges() {
        return ranges;
    }

    /** By column; 0 where all values are missing. */
    double[] means() {
        return means;
    }

    /** By column, of the values as a population; 0 where all values are missing. */
    double[] deviations() {
        return deviations;
    }

    /** The smallest and the largest value of each column, missing ones left out. */
    static final class Ranges implements Serializable {
        private static final long serialVersionUID = 1L;

        private final float[] minimum;
        private final float[] maximum;
        private final long[] counts;

        private Ranges(int width) {
            minimum = new float[width];
            maximum = new float[width];
            counts = new long[width];
            Arrays.fill(minimum, Float.POSITIVE_INFINITY);
            Arrays.fill(maximum, Float.NEGATIVE_INFINITY);
        }

        /** By column; 0 where all values are missing. */
        float[] minimum() {
            return orZero(minimum);
        }

        /** By column; 0 where all values are missing. */
        float[] maximum() {
            return orZero(maximum);
        }

        private static float[] orZero(float[] values) {
            float[] finite = values.clone();
            for (int i = 0; i < finite.length; i++) {
                finite[i] = Float.isInfinite(finite[i]) ? 0 : finite[i];
            }
            return finite;
        }

        private void add(RowBlock block) {
            for (int row = 0; row < block.rows(); row++) {
                for (int i = 0; i < minimum.length; i++) {
                    float value = block.value(row, i);
                    if (!Float.isNaN(value)) {
                        minimum[i] = Math.min(minimum[i], value);
                        maximum[i] = Math.max(maximum[i], value);
                        counts[i]++;
                    }
                }
            }
        }

        private Ranges add(Ranges other) {
            for (int i = 0; i < minimum.length; i++) {
                minimum[i] = Math.min(minimum[i], other.minimum[i]);
                maximum[i] = Math.max(maximum[i], other.maximum[i]);
                counts[i] += other.counts[i];
            }
            return this;
        }
    }

    /** Sums of the values' places, and of their squares in 128 bits. */
    private static final class Sums implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Ranges ranges;
        private final long[] sums;
        private final long[] squaresHigh;
        private final long[] squaresLow;

        Sums(Ranges ranges) {
            this.ranges = ranges;
            int width = ranges.minimum.length;
            sums = new long[width];
            squaresHigh = new long[width];
            squaresLow = new long[width];
        }

        void add(RowBlock block) {
            for (int row = 0; row < block.rows(); row++) {
                for (int i = 0; i < sums.length; i++) {
                    float value = block.value(row, i);
                    double distance = (double) ranges.maximum[i] - ranges.minimum[i];
                    if (!Float.isNaN(value) && distance > 0) {
                        long place = Math.round((value - (double) ranges.minimum[i]) / distance * UNITS);
                        sums[i] += place;
                        addSquare(i, 0, place * place);
                    }
                }
            }
        }

        private void addSquare(int i, long high, long low) {
            squaresLow[i] += low;
            squaresHigh[i] += high + (Long.compareUnsigned(squaresLow[i], low) < 0 ? 1 : 0);
        }

        Sums add(Sums other) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += other.sums[i];
                addSquare(i, other.squaresHigh[i], other.squaresLow[i]);
            }
            return this;
        }

        /** (n * sum of squares - square of sum) / n^2. */
        double variance(int i, long n) {
            BigInteger low = new BigInteger(Long.toUnsignedString(squaresLow[i]));
            BigInteger squares =
                    BigInteger.valueOf(squaresHigh[i]).shiftLeft(64).add(low);
            BigInteger sum = BigInteger.valueOf(sums[i]);
            BigInteger count = BigInteger.valueOf(n);
            return new BigDecimal(squares.multiply(count).subtract(sum.multiply(sum)))
                    .divide(new BigDecimal(count.multiply(count)), MathContext.DECIMAL64)
                    .doubleValue();
        }
    }
}
