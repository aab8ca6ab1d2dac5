package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.digits.Digit;
import org.sparkautoencoder.digits.Example;
import org.sparkautoencoder.digits.MaskingNoise;
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
    public JavaRDD<Example> examples(JavaRDD<Digit> digits, boolean test) {
        MaskingNoise noise = fixedNoise(test);
        return noise == null ? digits.map(Example::of) : digits.map(noise::noised);
    }

    @Override
    public Object inputs(boolean test) {
        MaskingNoise noise = fixedNoise(test);
        return noise == null ? "clean" : noise;
    }

    // Fresh noise is drawn where it is trained.
    private MaskingNoise fixedNoise(boolean test) {
        MaskingNoise noise = settings.noise();
        if (noise == null || noise.mode() == MaskingNoise.Mode.FRESH) {
            return null;
        }
        return test ? noise.forTestSet() : noise;
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
