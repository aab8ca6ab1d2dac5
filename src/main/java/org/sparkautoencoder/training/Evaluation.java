package org.sparkautoencoder.training;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.Keys;
import org.sparkautoencoder.digits.Shard;

/** What is measured of a trained autoencoder, each as a Spark job over the shards that it was trained with. */
public final class Evaluation {
    private static final long SAMPLES_PURPOSE = 6;

    private final JavaSparkContext spark;
    private final TrainingSettings settings;
    private final TrainingRows rows;
    private final float[] parameters;

    public Evaluation(JavaSparkContext spark, TrainingSettings settings, TrainingRows rows, float[] parameters) {
        this.spark = spark;
        this.settings = settings;
        this.rows = rows;
        this.parameters = parameters;
    }

    /**
     * The errors of each digit.
     *
     * @param test of the test rows, or of the training rows
     * @param noised of the input with its noise, or without
     */
    public DigitErrors errors(boolean test, boolean noised) {
        InputRows inputs = noised
                ? test ? InputRows.asTested(settings.noise()) : InputRows.asTrained(settings.noise())
                : InputRows.clean();
        JavaRDD<Shard> shards = test ? rows.test() : rows.train();
        return DigitErrors.of(spark, settings.layers(), parameters, shards, inputs);
    }

    /** A few random test rows. */
    public List<Samples.Sample> samples(int count) {
        return Samples.draw(
                settings.layers(),
                parameters,
                rows.test(),
                rows.testRows(),
                count,
                Keys.mix(settings.seed(), SAMPLES_PURPOSE),
                InputRows.asTested(settings.noise()));
    }
}
