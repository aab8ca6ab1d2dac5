package org.sparkautoencoder.training;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.Digit;
import org.sparkautoencoder.digits.Example;
import org.sparkautoencoder.digits.MaskingNoise;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.digits.Sharding;
import org.sparkautoencoder.digits.Shards;

/** What is measured of a saved model on rows that it may never have seen. */
public final class ModelEvaluation {
    private static final int SHARDS = 64;

    private final JavaSparkContext spark;
    private final SavedModel model;
    private final JavaRDD<Shard> shards;

    /** @param rows how many digits there are */
    public ModelEvaluation(JavaSparkContext spark, SavedModel model, JavaRDD<Digit> digits, long rows) {
        int batch = Math.toIntExact(Math.min(rows, Integer.MAX_VALUE));
        int parts = Math.min(SHARDS, batch);
        JavaRDD<Example> examples = model.isClassifier() ? digits.map(OneHot.ofPixels()) : digits.map(Example::of);
        this.spark = spark;
        this.model = model;
        this.shards = Shards.of(examples, new Sharding(rows, parts, batch, 0), parts);
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
