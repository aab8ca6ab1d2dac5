package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.digits.MaskingNoise;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.digits.Split;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.training.Evaluation;
import org.sparkautoencoder.training.InitialWeights;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;

/** Teaches a network to give back its input, with or without masking noise on it. */
record AutoencoderLearner(NetworkOptions.Model kind, TrainingSettings settings, UpdateRule updateRule)
        implements Learner {
    @Override
    public String model() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String parentRunId() {
        return null;
    }

    @Override
    public JavaRDD<Shard> shards(JavaRDD<Shard> rows, Split split) {
        MaskingNoise noise = fixedNoise(split);
        return noise == null ? rows : rows.map(noise::noised);
    }

    @Override
    public Object inputs(Split split) {
        MaskingNoise noise = fixedNoise(split);
        return noise == null ? "clean" : noise;
    }

    // Fresh noise is drawn where it is trained.
    private MaskingNoise fixedNoise(Split split) {
        MaskingNoise noise = settings.noise();
        if (noise == null || noise.mode() == MaskingNoise.Mode.FRESH) {
            return null;
        }
        return split == Split.TEST ? noise.forTestSet() : noise;
    }

    @Override
    public float[] initialParameters() {
        return InitialWeights.draw(settings.layers(), settings.seed());
    }

    @Override
    public Layers network() {
        return settings.layers();
    }

    @Override
    public float[] networkParameters(float[] trained) {
        return trained;
    }

    @Override
    public void measure(Session session, ResultTables tables, TrainingRows rows, float[] trained, boolean print)
            throws IOException {
        Evaluation evaluation = new Evaluation(session.spark(), settings, rows, trained);
        Measurements measurements = new Measurements(tables, model(), session.pictures(), settings.noise() != null);
        measurements.digitErrors(evaluation, rows.test() != null, print ? session.out() : null);
        if (rows.test() != null) {
            measurements.samples(evaluation);
        }
        measurements.features(settings.layers(), trained);
    }
}
