package org.sparkautoencoder.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.model.LabelErrors;
import org.sparkautoencoder.model.ModelEvaluation;
import org.sparkautoencoder.model.ModelKind;
import org.sparkautoencoder.model.SavedModel;
import org.sparkautoencoder.runs.ClassifierMetrics;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.shards.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints how good a saved model is on a CSV. */
@Command(
        name = "evaluate",
        description = "Prints the errors, or the accuracy and the confusion, of a saved model on any rows.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true)
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Option(
            names = "--test",
            paramLabel = "PATH",
            required = true,
            description = "rows to evaluate on, as CSV, parquet or libsvm: a file, folder, glob or URI")
    private String test;

    @Mixin
    private DataOptions.Format format;

    @Option(
            names = "--noise-zero",
            paramLabel = "FRACTION",
            description = "fraction of a row's values set to 0 before a denoising autoencoder gets it, 0..1 "
                    + "(default: as in its training)")
    private Double noiseZero;

    @Option(
            names = "--noise-one",
            paramLabel = "FRACTION",
            description = "fraction of a row's values set to 1, 0..1 (default: as in its training)")
    private Double noiseOne;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the noise (default: as in its training)")
    private Long seed;

    @Mixin
    private DataOptions data;

    @Override
    public Integer call() {
        try (Application application = Application.start()) {
            JavaSparkContext spark = application.spark();
            SavedModel saved = model.read(spark.hadoopConfiguration());
            try (LoadedRows rows = saved.load(spark, test, data.settings().withFormat(format.value))) {
                DataOptions.print("test", rows, System.out);
                ModelEvaluation evaluation = new ModelEvaluation(spark, saved, rows);
                if (saved.isClassifier()) {
                    ClassifierMetrics scores = new ClassifierMetrics(spark, saved.kind(), saved.classes());
                    scores.add(Split.TEST, evaluation.confusion());
                    MetricsTables.print(scores, System.out);
                    MetricsTables.printConfusion(scores, System.out);
                } else {
                    Map<String, LabelErrors> errors = new LinkedHashMap<>();
                    if (saved.kind().equals(ModelKind.DENOISING.text())) {
                        errors.put("test noised", evaluation.errors(noise(saved)));
                    }
                    errors.put("test clean", evaluation.errors(null));
                    MetricsTables.print(errors, System.out);
                }
            }
            return ExitCode.DONE;
        }
    }

    private MaskingNoise noise(SavedModel saved) {
        MaskingNoise trained = saved.noise();
        if (trained == null && (noiseZero == null || noiseOne == null)) {
            throw new BadInputException(
                    "the model does not say what noise it was trained with; give --noise-zero and" + " --noise-one");
        }
        try {
            return new MaskingNoise(
                    noiseZero == null ? trained.zero() : noiseZero,
                    noiseOne == null ? trained.one() : noiseOne,
                    seed != null ? seed : trained == null ? 1 : trained.seed(),
                    MaskingNoise.Mode.FRESH,
                    trained == null ? null : trained.values());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
