package org.sparkautoencoder.model;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.shards.OneHotTargets;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;
import org.sparkautoencoder.shards.Shards;

/** The evaluation of a saved model on any rows. */
public final class ModelEvaluation {
    private static final int SHARDS = 64;

    private final JavaSparkContext spark;
    private final SavedModel model;
    private final JavaRDD<Shard> shards;

    public ModelEvaluation(JavaSparkContext spark, SavedModel model, LoadedRows rows) {
        int batch = Math.toIntExact(Math.min(rows.rows(), Integer.MAX_VALUE));
        int parts = Math.min(SHARDS, batch);
        JavaRDD<Shard> ofRows = Shards.of(rows, new Sharding(rows.rows(), parts, batch, 0), parts);
        this.spark = spark;
        this.model = model;
        this.shards = model.isClassifier() ? ofRows.map(new OneHotTargets()) : ofRows;
    }

    /**
     * The errors of each digit of an autoencoder.
     *
     * @param noise noise of the inputs, drawn as for a test set; null for none
     */
    public LabelErrors errors(MaskingNoise noise) {
        InputRows inputs = noise == null
                ? InputRows.clean()
                : InputRows.asTested(new MaskingNoise(
                        noise.zero(), noise.one(), noise.seed(), MaskingNoise.Mode.FRESH, noise.values()));
        return LabelErrors.of(spark, model.layers(), model.outputLayer(), model.parameters(), shards, inputs);
    }

    /** The predictions of a classifier. */
    public ConfusionMatrix confusion() {
        return ConfusionMatrix.of(spark, model.layers(), model.outputLayer(), model.parameters(), shards);
    }
}
