package org.sparkautoencoder.model;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.shards.Shard;

/**
 * The errors of the rows of each class, and of all rows (at index {@link #all}): counts, sums and sums of squares, added
 * in the order of the shards.
 */
public final class LabelErrors implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int shard;
    private final Classes classes;
    private final long[] n;
    private final double[][] sum; // by Outputs.index and label: Kryo fails at an EnumMap
    private final double[][] squares;

    private LabelErrors(int shard, Classes classes) {
        this.shard = shard;
        this.classes = classes;
        this.n = new long[classes.size() + 1];
        this.sum = new double[Outputs.values().length][n.length];
        this.squares = new double[Outputs.values().length][n.length];
    }

    /** Evaluates parameters on a set of shards, as one Spark job. */
    public static LabelErrors of(
            JavaSparkContext spark,
            Layers layers,
            OutputLayer outputLayer,
            float[] parameters,
            JavaRDD<Shard> shards,
            Classes classes,
            InputRows inputs) {
        Broadcast<float[]> broadcast = spark.broadcast(parameters);
        try {
            List<LabelErrors> parts = shards.map(
                            shard -> of(layers, outputLayer, broadcast.value(), shard, classes, inputs))
                    .collect();
            LabelErrors total = new LabelErrors(-1, classes);
            parts.stream().sorted(Comparator.comparingInt(part -> part.shard)).forEach(total::add);
            return total;
        } finally {
            broadcast.destroy();
        }
    }

    private static LabelErrors of(
            Layers layers,
            OutputLayer outputLayer,
            float[] parameters,
            Shard shard,
            Classes classes,
            InputRows inputs) {
        LabelErrors errors = new LabelErrors(shard.index(), classes);
        int width = layers.outputs();
        new RowOutputs(layers, outputLayer).visit(parameters, shard, inputs, (index, outputs, rows, row) -> {
            errors.n[errors.all()]++;
            boolean labelled = shard.labels()[index] != DataRow.UNLABELLED;
            if (labelled) {
                errors.n[shard.labels()[index]]++;
            }
            for (Outputs how : Outputs.values()) {
                double error = RowErrors.squared(shard, index, outputs, width, rows, row, how) / width;
                errors.add(errors.all(), how, error);
                if (labelled) {
                    errors.add(shard.labels()[index], how, error);
                }
            }
        });
        return errors;
    }

    public Classes classes() {
        return classes;
    }

    /** The entry for all rows, after those of the classes; unlabelled rows count here only. */
    public int all() {
        return classes.size();
    }

    /** Rows of a class. */
    public long n(int label) {
        return n[label];
    }

    /** The mean of the rows' errors. */
    public double mean(int label, Outputs how) {
        return sum[how.index()][label] / n[label];
    }

    /** The standard deviation of the rows' errors, over n. */
    public double deviation(int label, Outputs how) {
        double mean = mean(label, how);
        return Math.sqrt(Math.max(0, squares[how.index()][label] / n[label] - mean * mean));
    }

    private void add(int label, Outputs how, double error) {
        sum[how.index()][label] += error;
        squares[how.index()][label] += error * error;
    }

    private void add(LabelErrors other) {
        for (int label = 0; label <= all(); label++) {
            n[label] += other.n[label];
            for (Outputs how : Outputs.values()) {
                sum[how.index()][label] += other.sum[how.index()][label];
                squares[how.index()][label] += other.squares[how.index()][label];
            }
        }
    }
}
