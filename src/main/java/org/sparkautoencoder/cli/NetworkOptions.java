package org.sparkautoencoder.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.Scaling;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.model.ModelKind;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.runs.AutoencoderSpec;
import org.sparkautoencoder.runs.ClassifierSpec;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.runs.LoadedData;
import org.sparkautoencoder.runs.ModelSpec;
import org.sparkautoencoder.runs.Study;
import org.sparkautoencoder.training.PlateauRule;
import org.sparkautoencoder.training.StopRule;
import org.sparkautoencoder.training.TargetErrorRule;
import org.sparkautoencoder.training.TrainingSettings;
import org.sparkautoencoder.training.UpdateRule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is trained, and how. */
final class NetworkOptions {
    static final String BATCH_SIZE = "--batch-size";

    private static final Logger LOG = LoggerFactory.getLogger(NetworkOptions.class);

    /** Of an autoencoder. */
    enum Output {
        SIGMOID,
        LINEAR
    }

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "denoising",
            description = "what to train: denoising (an autoencoder that removes masking noise), autoencoder or "
                    + "classifier (default ${DEFAULT-VALUE})")
    private ModelKind model;

    @Option(
            names = "--encoder",
            paramLabel = "MODEL_DIR",
            description = "folder of a saved model whose hidden layers a classifier starts from (default: none, "
                    + "trained from scratch)")
    private String encoder;

    @Option(names = "--fine-tune", description = "train the encoder's layers too (default: they are frozen)")
    private boolean fineTune;

    @Option(
            names = "--loss",
            paramLabel = "LOSS",
            description = "loss of a classifier: squared, as in the study, or cross-entropy, which is better for new "
                    + "work (default squared)")
    private String loss;

    @Option(
            names = "--output",
            paramLabel = "ACTIVATION",
            description = "activation of an autoencoder's output layer: sigmoid, for values 0..1, or linear, for "
                    + "unbounded values (default: sigmoid; linear with the scales standard and none)")
    private Output output;

    @Option(
            names = "--stop-error",
            paramLabel = "ERROR",
            defaultValue = "0.01",
            description = "a classifier stops when 1 - balanced training accuracy is below this error, above 0 "
                    + "(default ${DEFAULT-VALUE})")
    private double stopError;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            defaultValue = "" + Study.HIDDEN,
            description = "neurons of each hidden layer, from the input on (default ${DEFAULT-VALUE}); the input and "
                    + "output sizes follow from the data")
    private List<Integer> hidden;

    @Option(
            names = "--layers",
            paramLabel = "N",
            split = ",",
            description = "sizes of all layers, from input to output, instead of --hidden; input and output must fit "
                    + "the data")
    private List<Integer> layers;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "" + Study.EPOCHS,
            description = "maximum number of epochs, at least 1 (default ${DEFAULT-VALUE})")
    private int epochs;

    @Option(
            names = BATCH_SIZE,
            paramLabel = "N",
            defaultValue = "" + Study.BATCH_SIZE,
            description = "rows of a minibatch, at least 1 (default ${DEFAULT-VALUE})")
    private int batchSize;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "number of shards of each minibatch, 1..batch size (default: batch size / 64, 1..64); the "
                    + "result depends on it, and not on the number of cores")
    private Integer shards;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "" + Study.LEARNING_RATE,
            description = "learning rate of SGD, above 0 (default ${DEFAULT-VALUE})")
    private double learningRate;

    @Option(
            names = "--momentum",
            paramLabel = "BETA",
            defaultValue = "" + Study.MOMENTUM,
            description = "fraction of the velocity that each step keeps, below 1 (default ${DEFAULT-VALUE})")
    private double momentum;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed of initial weights, order of rows and noise (default ${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    private NoiseOptions noise = new NoiseOptions();

    @Option(
            names = "--early-stop",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "stop when the training error has converged (default: yes)")
    private boolean earlyStop;

    @Option(
            names = "--stop-window",
            paramLabel = "EPOCHS",
            defaultValue = "5",
            description = "epochs over which the change of the training error is measured, at least 1 (default "
                    + "${DEFAULT-VALUE})")
    private int stopWindow;

    @Option(
            names = "--stop-tolerance",
            paramLabel = "FRACTION",
            defaultValue = "0.01",
            description = "relative change of the training error below which it has converged, above 0 (default "
                    + "${DEFAULT-VALUE})")
    private double stopTolerance;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description = "compute the test error after every Nth epoch and the last, at least 1 (default 10, of a "
                    + "classifier 1); for a classifier on a frozen encoder also the error over all training rows")
    private Integer evaluateEvery;

    ModelKind model() {
        return model;
    }

    UpdateRule updateRule() {
        return new UpdateRule(learningRate, momentum);
    }

    /** Checks all that can be checked before the data is there. */
    void check() {
        if (model != ModelKind.CLASSIFIER && (encoder != null || fineTune || loss != null)) {
            throw new InvalidSettingsException("--encoder, --fine-tune and --loss belong to --model classifier");
        }
        if (model == ModelKind.CLASSIFIER && output != null) {
            throw new InvalidSettingsException("--output belongs to --model denoising and --model autoencoder");
        }
        if (fineTune && encoder == null) {
            throw new InvalidSettingsException("--fine-tune needs --encoder MODEL_DIR");
        }
        if (model == ModelKind.CLASSIFIER) {
            settings(new Layers(1, 2), batchSize, null);
        } else {
            int width = layers == null ? 1 : layers.get(0);
            settings(network(width, width), batchSize, null);
        }
    }

    /**
     * What a training with these options teaches, on these rows.
     *
     * @param batchSizeGiven whether the user named the batch size, which is an error then if it does not fit
     */
    ModelSpec modelSpec(LoadedData data, Configuration conf, boolean batchSizeGiven) {
        int width = data.train().width();
        int batch = batchSize(data.train().rows(), batchSizeGiven);
        Scaling scaling = data.train().scaling();
        if (model != ModelKind.CLASSIFIER) {
            return new AutoencoderSpec(model, settings(network(width, width), batch, scaling), updateRule());
        }
        Classes classes = data.requireClasses();
        if (classes.size() == 1) {
            LOG.warn("all training rows have the label {}: a classifier learns nothing from one class", classes);
        }
        return encoder == null
                ? ClassifierSpec.untrained(
                        settings(network(width, classes.size()), batch, scaling), updateRule(), classes)
                : ClassifierSpec.of(
                        layers -> settings(layers, batch, scaling),
                        updateRule(),
                        data,
                        new Path(encoder),
                        fineTune,
                        conf);
    }

    private int batchSize(long rows, boolean given) {
        if (rows >= batchSize) {
            return batchSize;
        }
        if (given) {
            throw new InvalidSettingsException(BATCH_SIZE + " " + batchSize + " is more than the " + rows
                    + " training rows; give at most " + rows);
        }
        LOG.warn("the batches are of all {} training rows, which are fewer than --batch-size {}", rows, batchSize);
        return (int) rows;
    }

    /** The settings for a network; of rows that are not there yet, the scale is null. */
    private TrainingSettings settings(Layers network, int batch, Scaling scaling) {
        try {
            boolean classify = model == ModelKind.CLASSIFIER;
            int defaultEvaluateEvery = classify ? Study.EVALUATE_CLASSIFIER_EVERY : Study.EVALUATE_EVERY;
            return new TrainingSettings(
                    classify ? Task.CLASSIFY : Task.RECONSTRUCT,
                    network,
                    outputLayer(scaling),
                    epochs,
                    batch,
                    shards == null ? TrainingSettings.defaultShards(batch) : shards,
                    updateRule().inFloat(),
                    seed,
                    model == ModelKind.DENOISING ? noise.of(seed, scaling) : null,
                    stopRule(classify),
                    evaluateEvery == null ? defaultEvaluateEvery : evaluateEvery);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    private StopRule stopRule(boolean classify) {
        if (!earlyStop) {
            return null;
        }
        return classify ? new TargetErrorRule(stopError) : new PlateauRule(stopWindow, stopTolerance);
    }

    private OutputLayer outputLayer(Scaling scaling) {
        boolean unbounded = model != ModelKind.CLASSIFIER && output == null && scaling != null && !scaling.isBounded();
        if (output == Output.LINEAR || unbounded) {
            return OutputLayer.LINEAR;
        }
        if (loss != null && !loss.equals("squared") && !loss.equals("cross-entropy")) {
            throw new InvalidSettingsException("--loss must be squared or cross-entropy, got " + loss);
        }
        return "cross-entropy".equals(loss) ? OutputLayer.SOFTMAX : OutputLayer.SIGMOID;
    }

    private Layers network(int inputs, int outputs) {
        try {
            if (layers != null) {
                Layers given =
                        new Layers(layers.stream().mapToInt(Integer::intValue).toArray());
                if (given.inputs() != inputs || given.outputs() != outputs) {
                    throw new InvalidSettingsException("--layers " + given + " does not fit: the data needs " + inputs
                            + " inputs, the model " + outputs + " outputs");
                }
                return given;
            }
            List<Integer> sizes = new ArrayList<>(hidden);
            sizes.add(0, inputs);
            sizes.add(outputs);
            return new Layers(sizes.stream().mapToInt(Integer::intValue).toArray());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
