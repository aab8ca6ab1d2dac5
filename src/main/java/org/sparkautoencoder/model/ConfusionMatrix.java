package org.sparkautoencoder.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.sparkautoencoder.kernel.BalancedAccuracy;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.shards.Shard;
import scala.Tuple3;

/** How often each class was predicted as each, by the argmax of the plain and of the thresholded outputs. */
public final class ConfusionMatrix implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int classes;
    private final long[][][] n; // by Outputs.index, label and prediction: Kryo fails at an EnumMap

    private ConfusionMatrix(int classes) {
        this.classes = classes;
        this.n = new long[Outputs.values().length][classes][classes];
    }

    /** Evaluates a classifier's parameters on a set of shards, as one Spark job. */
    public static ConfusionMatrix of(
            JavaSparkContext spark, Layers layers, OutputLayer outputLayer, float[] parameters, JavaRDD<Shard> shards) {
        Broadcast<float[]> broadcast = spark.broadcast(parameters);
        try {
            return shards.map(shard -> of(layers, outputLayer, broadcast.value(), shard))
                    .treeAggregate(new ConfusionMatrix(layers.outputs()), ConfusionMatrix::add, ConfusionMatrix::add);
        } finally {
            broadcast.destroy();
        }
    }

    private static ConfusionMatrix of(Layers layers, OutputLayer outputLayer, float[] parameters, Shard shard) {
        ConfusionMatrix confusion = new ConfusionMatrix(layers.outputs());
        new RowOutputs(layers, outputLayer)
                .visit(parameters, shard, InputRows.asTrained(null), (index, outputs, rows, row) -> {
                    for (Outputs how : Outputs.values()) {
                        int predicted = Prediction.of(outputs, layers.outputs(), rows, row, how);
                        confusion.n[how.index()][shard.labels()[index]][predicted]++;
                    }
                });
        return confusion;
    }

    private static ConfusionMatrix add(ConfusionMatrix sum, ConfusionMatrix other) {
        for (int how = 0; how < sum.n.length; how++) {
            for (int i = 0; i < sum.classes; i++) {
                for (int j = 0; j < sum.classes; j++) {
                    sum.n[how][i][j] += other.n[how][i][j];
                }
            }
        }
        return sum;
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    /** Rows with this label and this prediction. */
    public long n(Outputs how, int label, int predicted) {
        return n[how.index()][label][predicted];
    }

    /** Rows with this label. */
    public long rows(int label) {
        long rows = 0;
        for (long count : n[Outputs.PLAIN.index()][label]) {
            rows += count;
        }
        return rows;
    }

    /** The mean recall of the classes that have rows. */
    public double balancedAccuracy(Outputs how) {
        double[] right = new double[classes];
        double[] rows = new double[classes];
        for (int label = 0; label < classes; label++) {
            right[label] = n(how, label, label);
            rows[label] = rows(label);
        }
        return BalancedAccuracy.of(right, rows);
    }

    /** MLlib's metrics of these predictions. */
    public MulticlassMetrics metrics(JavaSparkContext spark, Outputs how) {
        List<Tuple3<Double, Double, Double>> weighted = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            for (int predicted = 0; predicted < classes; predicted++) {
                long count = n(how, label, predicted);
                if (count > 0 || label == predicted) { // MLlib must meet each label
                    weighted.add(new Tuple3<>((double) predicted, (double) label, (double) count));
                }
            }
        }
        return new MulticlassMetrics(spark.parallelize(weighted, 1).rdd());
    }
}
