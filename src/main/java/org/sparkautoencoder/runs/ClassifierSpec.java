package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.RowSchema;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.model.ConfusionMatrix;
import org.sparkautoencoder.model.ModelKind;
import org.sparkautoencoder.model.SavedModel;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.shards.FrozenEncoder;
import org.sparkautoencoder.shards.OneHotTargets;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Split;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;
import org.sparkautoencoder.training.UpdateRule;

/**
 * A classifier: from scratch, from the hidden layers of a trained network, or, with these frozen, its output layer alone.
 */
public final class ClassifierSpec implements ModelSpec {
    private final TrainingSettings settings;
    private final UpdateRule updateRule;
    private final Classes classes;
    private final Layers encoder;
    private final float[] encoderParameters;
    private final String encoderName;
    private final boolean frozen;
    private final String parentRunId;

    private ClassifierSpec(
            TrainingSettings settings,
            UpdateRule updateRule,
            Classes classes,
            Layers encoder,
            float[] encoderParameters,
            String encoderName,
            boolean frozen,
            String parentRunId) {
        this.settings = settings;
        this.updateRule = updateRule;
        this.classes = classes;
        this.encoder = encoder;
        this.encoderParameters = encoderParameters;
        this.encoderName = encoderName;
        this.frozen = frozen;
        this.parentRunId = parentRunId;
    }

    /** A classifier from scratch. */
    public static ClassifierSpec untrained(TrainingSettings settings, UpdateRule updateRule, Classes classes) {
        return new ClassifierSpec(settings, updateRule, classes, null, null, null, false, null);
    }

    /**
     * A classifier on the hidden layers of a saved model.
     *
     * @param settings those of a training of given layers, with this update rule
     */
    public static ClassifierSpec of(
            Function<Layers, TrainingSettings> settings,
            UpdateRule updateRule,
            LoadedData data,
            Path model,
            boolean fineTune,
            Configuration conf) {
        int width = data.train().width();
        Classes classes = data.requireClasses();
        SavedModel encoder = SavedModel.read(model, conf);
        Layers layers = encoder.layers();
        if (layers.inputs() != width) {
            throw new BadInputException(
                    "the encoder " + model + " takes rows of " + layers.inputs() + " values, the data has " + width);
        }
        if (layers.depth() < 2) {
            throw new BadInputException("the encoder " + model + " has no hidden layer: " + layers);
        }
        requireSameRows(model, encoder.schema(), data.train().schema());
        int[] sizes = layers.sizes();
        sizes[sizes.length - 1] = classes.size();
        Layers trained = fineTune ? new Layers(sizes) : new Layers(sizes[sizes.length - 2], classes.size());
        return new ClassifierSpec(
                settings.apply(trained),
                updateRule,
                classes,
                layers,
                encoder.parameters(),
                model.toString(),
                !fineTune,
                encoder.runId());
    }

    // A model that was saved without a schema of its rows does not say.
    private static void requireSameRows(Path model, RowSchema trained, RowSchema rows) {
        if (trained == null) {
            return;
        }
        if (!trained.scaling().isLike(rows.scaling())) {
            throw new BadInputException("the encoder " + model + " was trained on rows with the scale "
                    + trained.scaling() + ", these have " + rows.scaling()
                    + " (or other numbers of each column); give both the same rows or --scale");
        }
        if (!trained.hasNamesLike(rows)) {
            throw new BadInputException("the encoder " + model + " was trained on columns of other names, or in another"
                    + " order; give both the same columns");
        }
    }

    @Override
    public String model() {
        return ModelKind.CLASSIFIER.text();
    }

    @Override
    public TrainingSettings settings() {
        return settings;
    }

    @Override
    public UpdateRule updateRule() {
        return updateRule;
    }

    @Override
    public String parentRunId() {
        return parentRunId;
    }

    @Override
    public JavaRDD<Shard> shards(JavaRDD<Shard> rows, Split split) {
        JavaRDD<Shard> labelled = rows.map(new OneHotTargets(classes.size()));
        if (!frozen) {
            return labelled;
        }
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
        return labelled.map(new FrozenEncoder(encoder, spark.broadcast(encoderParameters)));
    }

    @Override
    public int valuesHeld(Split split) {
        return settings.layers().inputs() + classes.size();
    }

    @Override
    public Object inputs(Split split) {
        return frozen ? encoderName : "one-hot";
    }

    @Override
    public float[] initialParameters() {
        float[] drawn = InitialWeights.draw(settings.layers(), settings.seed());
        if (encoder != null && !frozen) {
            System.arraycopy(encoderParameters, 0, drawn, 0, encoder.weights(encoder.depth()));
        }
        return drawn;
    }

    @Override
    public Layers network() {
        if (!frozen) {
            return settings.layers();
        }
        int[] sizes = encoder.sizes();
        sizes[sizes.length - 1] = classes.size();
        return new Layers(sizes);
    }

    @Override
    public float[] networkParameters(float[] trained) {
        if (!frozen) {
            return trained;
        }
        int hidden = encoder.weights(encoder.depth());
        float[] whole = Arrays.copyOf(encoderParameters, hidden + trained.length);
        System.arraycopy(trained, 0, whole, hidden, trained.length);
        return whole;
    }

    @Override
    public void measure(RunContext context, RunInfo run, ResultTables tables, TrainingRows rows, float[] trained)
            throws IOException {
        ClassifierMetrics scores = new ClassifierMetrics(context.spark(), model(), classes);
        scores.add(Split.TRAIN, confusion(context, rows.train(), trained));
        if (rows.test() != null) {
            scores.add(Split.TEST, confusion(context, rows.test(), trained));
        }
        scores.write(tables);
        context.listener().measured(run, scores);
    }

    private ConfusionMatrix confusion(RunContext context, JavaRDD<Shard> shards, float[] trained) {
        return ConfusionMatrix.of(context.spark(), settings.layers(), settings.outputLayer(), trained, shards);
    }
}
