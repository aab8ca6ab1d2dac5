package org.sparkautoencoder.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.CsvLoader;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.csv.RowSchema;
import org.sparkautoencoder.csv.ScaleSetting;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.shards.MaskValues;
import org.sparkautoencoder.shards.MaskingNoise;

/**
 * A trained network that was saved.
 *
 * @param kind denoising, autoencoder or classifier
 * @param layers the network
 * @param outputLayer its output layer
 * @param parameters laid out as {@code layers} says
 * @param noise the noise of its training; null for none
 * @param runId the run that trained it; null if it was saved without
 * @param schema of the rows of its training; null if it was saved without
 * @param errorQuantiles of its training rows; null for a classifier, or if it was saved without
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the model's folder to a broadcast, never compared
public record SavedModel(
        String kind,
        Layers layers,
        OutputLayer outputLayer,
        float[] parameters,
        MaskingNoise noise,
        String runId,
        RowSchema schema,
        ErrorQuantiles errorQuantiles) {
    /** The entry of a model's description that holds the schema of its training rows. */
    public static final String SCHEMA = "rows";

    /** The entry that holds the {@link ErrorQuantiles} of an autoencoder. */
    public static final String ERROR_QUANTILES = "error_quantiles";

    /**
     * Reads a model's folder.
     *
     * @throws BadInputException if it is none
     */
    public static SavedModel read(Path folder, Configuration conf) {
        try {
            Map<String, Object> about = ModelFolder.describe(folder, conf);
            Layers layers = ModelFolder.layers(about);
            RowSchema schema = about.get(SCHEMA) instanceof Map<?, ?> described ? RowSchema.of(described) : null;
            return new SavedModel(
                    String.valueOf(about.get("model")),
                    layers,
                    outputLayer(about),
                    ModelFolder.parameters(folder, conf, about),
                    noise(about, schema),
                    about.get("run_id") instanceof String id ? id : null,
                    schema,
                    about.get(ERROR_QUANTILES) instanceof List<?> values ? ErrorQuantiles.of(values) : null);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInputException("the model " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What {@link #noise} reads back. */
    public static Map<String, Object> describe(MaskingNoise noise) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("zero", noise.zero());
        described.put("one", noise.one());
        described.put("mode", noise.mode().name().toLowerCase(Locale.ROOT));
        described.put("seed", noise.seed());
        return described;
    }

    private static OutputLayer outputLayer(Map<String, Object> about) throws IOException {
        if (!(about.get("activations") instanceof List<?> activations) || activations.isEmpty()) {
            return OutputLayer.SIGMOID;
        }
        Object last = activations.get(activations.size() - 1);
        return Arrays.stream(OutputLayer.values())
                .filter(outputLayer -> outputLayer.text().equals(last))
                .findFirst()
                .orElseThrow(() -> new IOException("its output layer has the unknown activation " + last));
    }

    private static MaskingNoise noise(Map<String, Object> about, RowSchema schema) throws IOException {
        if (about.get("noise") == null) {
            return null;
        }
        if (about.get("noise") instanceof Map<?, ?> noise
                && noise.get("zero") instanceof Number zero
                && noise.get("one") instanceof Number one
                && noise.get("seed") instanceof Number seed) {
            MaskingNoise.Mode mode =
                    "fresh".equals(noise.get("mode")) ? MaskingNoise.Mode.FRESH : MaskingNoise.Mode.FIXED;
            return new MaskingNoise(
                    zero.doubleValue(),
                    one.doubleValue(),
                    seed.longValue(),
                    mode,
                    schema == null ? null : MaskValues.of(schema.scaling()));
        }
        throw new IOException("its noise is described by " + about.get("noise"));
    }

    public boolean isClassifier() {
        return kind.equals(ModelKind.CLASSIFIER.text());
    }

    /** The classes that a classifier predicts; those of the labels of an autoencoder's training rows. */
    public Classes classes() {
        return schema != null
                ? schema.classes()
                : Classes.inOrder(IntStream.range(0, isClassifier() ? layers.outputs() : 10)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    /**
     * Loads rows for the model, as its training rows were read.
     *
     * @throws BadInputException where they cannot be used, or do not fit
     */
    public LoadedRows load(JavaSparkContext spark, String path, CsvSettings settings) {
        if (schema != null
                && settings.scale().kind() != ScaleSetting.Kind.AUTO
                && !schema.scaling().is(settings.scale())) {
            throw new BadInputException("the model was trained with the scale " + schema.scaling()
                    + ", which its rows have too: leave --scale out");
        }
        LoadedRows rows = schema == null
                ? CsvLoader.load(spark, path, settings, classes())
                : CsvLoader.loadLike(schema, spark, path, settings);
        if (rows.width() != layers.inputs()) {
            rows.close();
            throw new BadInputException(
                    "the model takes rows of " + layers.inputs() + " values, the data has rows of " + rows.width());
        }
        return rows;
    }
}
