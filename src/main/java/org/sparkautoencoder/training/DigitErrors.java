package org.sparkautoencoder.training;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkautoencoder.digits.Digit;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Loss;

/**
 * The errors of the rows of each digit, and of all rows (at index {@link #ALL}): counts, sums and sums of squares, added
 * in the order of the shards.
 */
public final class DigitErrors implements Serializable {
    /** The entry for all rows; unlabelled rows count here only. */
    public static final int ALL = 10;

    private static final long serialVersionUID = 1L;

    private final int shard;
    private final long[] n = new long[ALL + 1];
    private final double[][] sum = new double[2][ALL + 1];
    private final double[][] squares = new double[2][ALL + 1];

    private DigitErrors(int shard) {
        this.shard = shard;
    }

    /** Evaluates parameters on a set of shards, as one Spark job. */
    static DigitErrors of(
            JavaSparkContext spark, Layers layers, float[] parameters, JavaRDD<Shard> shards, InputRows inputs) {
        Broadcast<float[]> broadcast = spark.broadcast(parameters);
        try {
            List<DigitErrors> parts = shards.map(shard -> of(layers, broadcast.value(), shard, inputs))
                    .collect();
            DigitErrors total = new DigitErrors(-1);
            parts.stream().sorted(Comparator.comparingInt(part -> part.shard)).forEach(total::add);
            return total;
        } finally {
            broadcast.destroy();
        }
    }

    private static DigitErrors of(Layers layers, float[] parameters, Shard shard, InputRows inputs) {
        DigitErrors errors = new DigitErrors(shard.index());
        int width = layers.outputs();
        new RowOutputs(layers, Loss.SQUARED).visit(parameters, shard, inputs, (slot, outputs, rows, row) -> {
            double plain = RowErrors.squared(shard, slot, outputs, width, rows, row, false) / width;
            double thresholded = RowErrors.squared(shard, slot, outputs, width, rows, row, true) / width;
            errors.add(ALL, plain, thresholded);
            if (shard.labels()[slot] != Digit.UNLABELLED) {
                errors.add(shard.labels()[slot], plain, thresholded);
            }
        });
        return errors;
    }

    /** Rows of a digit. */
    public long n(int digit) {
        return n[digit];
    }

    /** The mean of the rows' errors. */
    public double mean(int digit, boolean thresholded) {
        return sum[thresholded ? 1 : 0][digit] / n[digit];
    }

    /** The standard deviation of the rows' errors, over n. */
    public double deviation(int digit, boolean thresholded) {
        double mean = mean(digit, thresholded);
        return Math.sqrt(Math.max(0, squares[thresholded ? 1 : 0][digit] / n[digit] - mean * mean));
    }

    private void add(int digit, double plain, double thresholded) {
        n[digit]++;
        sum[0][digit] += plain;
        sum[1][digit] += thresholded;
        squares[0][digit] += plain * plain;
        squares[1][digit] += thresholded * thresholded;
    }

    private void add(DigitErrors other) {
        for (int digit = 0; digit <= ALL; digit++) {
            n[digit] += other.n[digit];
            for (int t = 0; t < 2; t++) {
                sum[t][digit] += other.sum[t][digit];
                squares[t][digit] += other.squares[t][digit];
            }
        }
    }
}
