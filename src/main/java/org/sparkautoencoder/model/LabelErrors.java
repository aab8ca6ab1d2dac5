package org.sparkautoencoder.model;

import java.io.Serializable;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.shards.Shard;

/**
 * The errors of the rows of each digit, and of all rows (at index {@link #ALL}): counts, sums and sums of squares, added
 * in the order of the shards.
 */
public final class LabelErrors implements Serializable {
    /** The entry for all rows; unlabelled rows count here only. */
    public static final int ALL = 10;

    private static final long serialVersionUID = 1L;

    private final int shard;
    private final long[] n = new long[ALL + 1];
    private final EnumMap<Outputs, double[]> sum = new EnumMap<>(Outputs.class);
    private final EnumMap<Outputs, double[]> squares = new EnumMap<>(Outputs.class);

    private LabelErrors(int shard) {
        this.shard = shard;
        for (Outputs how : Outputs.values()) {
            sum.put(how, new double[ALL + 1]);
            squares.put(how, new double[ALL + 1]);
        }
    }

    /** Evaluates parameters on a set of shards, as one Spark job. */
    public static LabelErrors of(
            JavaSparkContext spark,
            Layers layers,
            OutputLayer outputLayer,
            float[] parameters,
            JavaRDD<Shard> shards,
            InputRows inputs) {
        Broadcast<float[]> broadcast = spark.broadcast(parameters);
        try {
            List<LabelErrors> parts = shards.map(shard -> of(layers, outputLayer, broadcast.value(), shard, inputs))
                    .collect();
            LabelErrors total = new LabelErrors(-1);
            parts.stream().sorted(Comparator.comparingInt(part -> part.shard)).forEach(total::add);
            return total;
        } finally {
            broadcast.destroy();
        }
    }

    private static LabelErrors of(
            Layers layers, OutputLayer outputLayer, float[] parameters, Shard shard, InputRows inputs) {
        LabelErrors errors = new LabelErrors(shard.index());
        int width = layers.outputs();
        new RowOutputs(layers, outputLayer).visit(parameters, shard, inputs, (index, outputs, rows, row) -> {
            errors.n[ALL]++;
            boolean labelled = shard.labels()[index] != DataRow.UNLABELLED;
            if (labelled) {
                errors.n[shard.labels()[index]]++;
            }
            for (Outputs how : Outputs.values()) {
                double error = RowErrors.squared(shard, index, outputs, width, rows, row, how) / width;
                errors.add(ALL, how, error);
                if (labelled) {
                    errors.add(shard.labels()[index], how, error);
                }
            }
        });
        return errors;
    }

    /** Rows of a digit. */
    public long n(int digit) {
        return n[digit];
    }

    /** The mean of the rows' errors. */
    public double mean(int digit, Outputs how) {
        return sum.get(how)[digit] / n[digit];
    }

    /** The standard deviation of the rows' errors, over n. */
    public double deviation(int digit, Outputs how) {
        double mean = mean(digit, how);
        return Math.sqrt(Math.max(0, squares.get(how)[digit] / n[digit] - mean * mean));
    }

    private void add(int digit, Outputs how, double error) {
        sum.get(how)[digit] += error;
        squares.get(how)[digit] += error * error;
    }

    private void add(LabelErrors other) {
        for (int digit = 0; digit <= ALL; digit++) {
            n[digit] += other.n[digit];
            for (Outputs how : Outputs.values()) {
                sum.get(how)[digit] += other.sum.get(how)[digit];
                squares.get(how)[digit] += other.squares.get(how)[digit];
            }
        }
    }
}
