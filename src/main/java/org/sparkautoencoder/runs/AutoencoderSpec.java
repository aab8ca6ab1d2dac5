package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.model.ErrorQuantiles;
import org.sparkautoencoder.model.ModelKind;
import org.sparkautoencoder.model.SavedModel;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Split;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;
import org.sparkautoencoder.training.UpdateRule;

/** An autoencoder, with or without masking noise on its input. */
public record AutoencoderSpec(ModelKind kind, TrainingSettings settings, UpdateRule updateRule) implements ModelSpec {
    @Override
    public String model() {
        return kind.text();
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
    public int valuesHeld(Split split) {
        return settings.layers().inputs() * (fixedNoise(split) == null ? 1 : 2);
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
    public Map<String, Object> description(RunContext context, TrainingRows rows, float[] trained) {
        ErrorQuantiles quantiles = ErrorQuantiles.of(
                context.spark(), settings.layers(), settings.outputLayer(), trained, rows.train(), rows.trainRows());
        return Map.of(SavedModel.ERROR_QUANTILES, quantiles.values());
    }

    @Override
    public void measure(RunContext context, RunInfo run, ResultTables tables, TrainingRows rows, float[] trained)
            throws IOException {
        AutoencoderEvaluation evaluation = new AutoencoderEvaluation(
                context.spark(), settings, rows, context.data().classes(), trained);
        AutoencoderMetrics measurements = new AutoencoderMetrics(
                tables, model(), context.data().layout(), context.data().classes(), settings.noise() != null);
        context.listener().measured(run, measurements.errors(evaluation, rows.test() != null));
        if (rows.test() != null) {
            measurements.samples(evaluation);
        }
        measurements.features(settings.layers(), trained);
    }
}
