package org.sparkautoencoder.cli;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.CsvDigits;
import org.sparkautoencoder.digits.CsvSettings;
import org.sparkautoencoder.digits.LoadedDigits;
import org.sparkautoencoder.training.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network; leaves a model and tables. */
@Command(
        name = "train",
        description = "Trains an autoencoder or a classifier; leaves a model and tables in parquet.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Values come from the options, else from the file named by --config, else from conf/paper.properties, else"
                    + " they are the defaults above.",
            "Without --train, the data is dataset/paper, prepared when absent."
        })
final class TrainCommand implements Callable<Integer> {
    @Option(
            names = "--train",
            paramLabel = "PATH",
            description = "CSV to train on: a file, folder, glob or URI that Hadoop can read, plain, .gz or .bz2")
    private String train;

    @Option(names = "--test", paramLabel = "PATH", description = "CSV to test on, likewise")
    private String test;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "where tables and models go (${DEFAULT-VALUE})")
    private String out;

    @Option(names = "--run-id", paramLabel = "ID", description = "a letter, then letters, digits, ._- (from the time)")
    private String runId;

    @Option(
            names = ConfigFile.OPTION,
            paramLabel = "FILE",
            description = "a property file with values for these options")
    @SuppressWarnings("UnusedVariable") // ConfigFile reads it before the options are parsed; here for --help
    private String config;

    @Option(
            names = "--images",
            paramLabel = "HOW",
            description =
                    "how pictures lie in a row: upright (line by line from the top) or transposed (known for prepared"
                            + " data sets, else upright)")
    private Pictures.Orientation images;

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = "auto, bar, plain or none (${DEFAULT-VALUE}: a bar on a terminal)")
    private Progress.Kind progress;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private DataOptions data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        network.check();
        CsvSettings csv = data.settings();
        if (train == null && test != null) {
            throw new UsageException("--test without --train: name both, or neither");
        }
        Interruption.listen();
        try (Application application = Application.startLocal()) {
            DataPaths paths = train == null ? DataPaths.paper() : DataPaths.given(train, test);
            JavaSparkContext spark = application.spark();
            try (LoadedDigits trainRows = CsvDigits.load(spark, paths.train(), csv);
                    LoadedDigits testRows =
                            paths.test() == null ? null : CsvDigits.loadLike(trainRows, spark, paths.test(), csv)) {
                Pictures pictures = Pictures.of(trainRows.width(), images == null ? paths.orientation() : images);
                Session session = new Session(
                        spark, paths, trainRows, testRows, pictures, new Path(out), effective(), progress, System.out);
                int slots = Trainer.slots(spark);
                Run run = new Run(session, learner(trainRows.width(), spark), "train", null, runId, slots, true);
                Interruption.endInOrderBy(run::requestStop);
                return switch (run.execute()) {
                    case FINISHED, STOPPED_EARLY -> ExitCode.DONE;
                    case DIVERGED -> ExitCode.DIVERGED;
                    case KILLED -> ExitCode.INTERRUPTED;
                };
            }
        }
    }

    private Learner learner(int width, JavaSparkContext spark) {
        return network.model() == NetworkOptions.Model.CLASSIFIER
                ? ClassifierLearner.of(network, width, spark.hadoopConfiguration())
                : new AutoencoderLearner(network.model(), network.autoencoder(width));
    }

    /** All options with the values that are in force, for the table of runs. */
    private Map<String, String> effective() {
        Map<String, String> values = new TreeMap<>();
        for (OptionSpec option : spec.options()) {
            if (option.getValue() != null && !option.usageHelp() && !option.versionHelp()) {
                values.put(option.longestName().substring("--".length()), Objects.toString(option.getValue()));
            }
        }
        return values;
    }
}
