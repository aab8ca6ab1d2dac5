package org.sparkautoencoder.model;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.shards.Shard;

/** Quantiles of the errors of an autoencoder's training rows without noise, in steps of 0.001. */
public final class ErrorQuantiles {
    private static final int STEPS = 1000;
    private static final long MOST_ROWS = 1_000_000;

    private final double[] values; // from the smallest error to the largest

    private ErrorQuantiles(double[] values) {
        this.values = values;
    }

    /**
     * Evaluates parameters on the training rows, as one Spark job. Of more than a million rows, every n-th counts.
     *
     * @param rows their number
     */
    public static ErrorQuantiles of(
            JavaSparkContext spark,
            Layers layers,
            OutputLayer outputLayer,
            float[] parameters,
            JavaRDD<Shard> shards,
            long rows) {
        long every = (rows + MOST_ROWS - 1) / MOST_ROWS;
        Broadcast<float[]> broadcast = spark.broadcast(parameters);
        try {
            double[] errors =
                    shards.map(shard -> errors(layers, outputLayer, broadcast.value(), shard, every)).collect().stream()
                            .flatMapToDouble(Arrays::stream)
                            .sorted()
                            .toArray();
            double[] values = new double[STEPS + 1];
            for (int i = 0; i <= STEPS; i++) {
                values[i] = interpolated(errors, (double) i / STEPS);
            }
            return new ErrorQuantiles(values);
        } finally {
            broadcast.destroy();
        }
    }

    private static double[] errors(
            Layers layers, OutputLayer outputLayer, float[] parameters, Shard shard, long every) {
        double[] errors = new double[shard.rows()];
        int width = layers.outputs();
        new RowOutputs(layers, outputLayer).visit(parameters, shard, InputRows.clean(), (index, outputs, rows, row) -> {
            double squared = RowErrors.squared(shard, index, outputs, width, rows, row, Outputs.PLAIN);
            errors[index] = shard.ids()[index] % every == 0 ? squared / width : -1;
        });
        return Arrays.stream(errors).filter(error -> error >= 0).toArray();
    }

    /** Quantiles that {@link #values} gave. */
    static ErrorQuantiles of(List<?> values) {
        return new ErrorQuantiles(values.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray());
    }

    /** The quantiles 0, 0.001, ... 1. */
    public double[] values() {
        return values.clone();
    }

    /**
     * The error below which lies this fraction of the rows; interpolated between the steps.
     *
     * @param fraction 0..1
     */
    public double at(double fraction) {
        return interpolated(values, fraction);
    }

    // NumPy's default, "linear" (Hyndman and Fan, The American Statistician 1996, type 7).
    private static double interpolated(double[] sorted, double fraction) {
        double place = fraction * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
