package org.sparkautoencoder.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Loss;
import org.sparkautoencoder.kernel.Threshold;
import scala.Tuple3;

/** How often each digit was predicted as each, by the plain argmax and by that after the {@link Threshold}. */
public final class Confusion implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[][][] n = new long[2][OneHot.DIGITS][OneHot.DIGITS];

    private Confusion() {}

    /** Evaluates a classifier's parameters on a set of shards, as one Spark job. */
    public static Confusion of(
            JavaSparkContext spark, Layers layers, Loss loss, float[] parameters, JavaRDD<Shard> shards) {
        Broadcast<float[]> broadcast = spark.broadcast(parameters);
        try {
            return shards.map(shard -> of(layers, loss, broadcast.value(), shard))
                    .treeAggregate(new Confusion(), Confusion::add, Confusion::add);
        } finally {
            broadcast.destroy();
        }
    }

    private static Confusion of(Layers layers, Loss loss, float[] parameters, Shard shard) {
        Confusion confusion = new Confusion();
        new RowOutputs(layers, loss).visit(parameters, shard, InputRows.asTrained(null), (slot, outputs, rows, row) -> {
            for (int t = 0; t < 2; t++) {
                int predicted = Prediction.of(outputs, OneHot.DIGITS, rows, row, t == 1);
                confusion.n[t][shard.labels()[slot]][predicted]++;
            }
        });
        return confusion;
    }

    private static Confusion add(Confusion one, Confusion other) {
        Confusion sum = new Confusion();
        for (int t = 0; t < 2; t++) {
            for (int i = 0; i < OneHot.DIGITS; i++) {
                for (int j = 0; j < OneHot.DIGITS; j++) {
                    sum.n[t][i][j] = one.n[t][i][j] + other.n[t][i][j];
                }
            }
        }
        return sum;
    }

    /** Rows with this label that were predicted so. */
    public long n(boolean thresholded, int label, int predicted) {
        return n[thresholded ? 1 : 0][label][predicted];
    }

    /** Rows with this label. */
    public long rows(int label) {
        long rows = 0;
        for (long count : n[0][label]) {
            rows += count;
        }
        return rows;
    }

    /** The mean recall of the digits that there are. */
    public double balancedAccuracy(boolean thresholded) {
        double recalls = 0;
        int digits = 0;
        for (int digit = 0; digit < OneHot.DIGITS; digit++) {
            if (rows(digit) > 0) {
                recalls += (double) n(thresholded, digit, digit) / rows(digit);
                digits++;
            }
        }
        return recalls / digits;
    }

    /** MLlib's measures of these predictions. */
    public MulticlassMetrics metrics(JavaSparkContext spark, boolean thresholded) {
        List<Tuple3<Double, Double, Double>> weighted = new ArrayList<>();
        for (int label = 0; label < OneHot.DIGITS; label++) {
            for (int predicted = 0; predicted < OneHot.DIGITS; predicted++) {
                weighted.add(
                        new Tuple3<>((double) predicted, (double) label, (double) n(thresholded, label, predicted)));
            }
        }
        return new MulticlassMetrics(spark.parallelize(weighted, 1).rdd());
    }
}
