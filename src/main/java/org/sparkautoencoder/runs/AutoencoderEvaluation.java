package org.sparkautoencoder.runs;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.kernel.Randomness;
import org.sparkautoencoder.model.Input;
import org.sparkautoencoder.model.InputRows;
import org.sparkautoencoder.model.LabelErrors;
import org.sparkautoencoder.model.Samples;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Split;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;

/** What is measured of a trained autoencoder, each as a Spark job over the shards that it was trained with. */
public final class AutoencoderEvaluation {
    private final JavaSparkContext spark;
    private final TrainingSettings settings;
    private final TrainingRows rows;
    private final Classes classes;
    private final float[] parameters;

    public AutoencoderEvaluation(
            JavaSparkContext spark, TrainingSettings settings, TrainingRows rows, Classes classes, float[] parameters) {
        this.spark = spark;
        this.settings = settings;
        this.rows = rows;
        this.classes = classes;
        this.parameters = parameters;
    }

    /** The errors of each class. */
    public LabelErrors errors(Split split, Input input) {
        JavaRDD<Shard> shards = split == Split.TEST ? rows.test() : rows.train();
        InputRows shown = input == Input.CLEAN ? InputRows.clean() : InputRows.of(split, settings.noise());
        return LabelErrors.of(spark, settings.layers(), settings.outputLayer(), parameters, shards, classes, shown);
    }

    /** A few random test rows. */
    public List<Samples.Sample> samples(int count) {
        return Samples.draw(
                settings.layers(),
                settings.outputLayer(),
                parameters,
                rows.test(),
                rows.testRows(),
                count,
                Randomness.SAMPLES.key(settings.seed()),
                InputRows.of(Split.TEST, settings.noise()));
    }
}
