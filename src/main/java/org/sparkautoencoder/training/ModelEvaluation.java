package org.sparkautoencoder.training;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.LoadedDigits;
import org.sparkautoencoder.digits.MaskingNoise;
import org.sparkautoencoder.digits.OneHotTargets;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.digits.Sharding;
import org.sparkautoencoder.digits.Shards;

/** What is measured of a saved model on rows that it may never have seen. */
public final class ModelEvaluation {
    private static final int SHARDS = 64;

    private final JavaSparkContext spark;
    private final SavedModel model;
    private final JavaRDD<Shard> shards;

    public ModelEvaluation(JavaSparkContext spark, SavedModel model, LoadedDigits rows) {
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
     * @param noise what the rows are shown with, drawn as for a test set; null for none
     */
    public DigitErrors errors(MaskingNoise noise) {
        InputRows inputs = noise == null
                ? InputRows.clean()
                : InputRows.asTested(
                        new MaskingNoise(noise.zero(), noise.one(), noise.seed(), MaskingNoise.Mode.FRESH));
        return DigitErrors.of(spark, model.layers(), model.parameters(), shards, inputs);
    }

    /** The predictions of a classifier. */
    public Confusion confusion() {
        return Confusion.of(spark, model.layers(), model.loss(), model.parameters(), shards);
    }
}
