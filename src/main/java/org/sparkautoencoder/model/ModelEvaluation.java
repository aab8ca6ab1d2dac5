package org.sparkautoencoder.model;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.Classes;
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
    private final Classes classes;

    /**
     * @throws BadInputException if the model is a classifier, and a row has no label, or one that is none of its classes
     */
    public ModelEvaluation(JavaSparkContext spark, SavedModel model, LoadedRows rows) {
        int batch = Math.toIntExact(Math.min(rows.rows(), Integer.MAX_VALUE));
        int parts = Math.min(SHARDS, batch);
        JavaRDD<Shard> ofRows = Shards.of(rows, new Sharding(rows.rows(), parts, batch, 0), parts);
        this.spark = spark;
        this.model = model;
        this.classes = rows.classes();
        if (model.isClassifier()) {
            rows.requireLabels(model.classes());
        }
        this.shards = model.isClassifier()
                ? ofRows.map(new OneHotTargets(model.classes().size()))
                : ofRows;
    }

    /**
     * The errors of each class of an autoencoder.
     *
     * @param noise noise of the inputs, drawn as for a test set; null for none
     */
    public LabelErrors errors(MaskingNoise noise) {
        InputRows inputs = noise == null
                ? InputRows.clean()
                : InputRows.asTested(new MaskingNoise(
                        noise.zero(), noise.one(), noise.seed(), MaskingNoise.Mode.FRESH, noise.values()));
        return LabelErrors.of(spark, model.layers(), model.outputLayer(), model.parameters(), shards, classes, inputs);
    }

    /** The predictions of a classifier. */
    public ConfusionMatrix confusion() {
        return ConfusionMatrix.of(spark, model.layers(), model.outputLayer(), model.parameters(), shards);
    }
}
