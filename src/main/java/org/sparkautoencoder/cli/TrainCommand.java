package org.sparkautoencoder.cli;

import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.CsvSettings;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.training.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private ExchangeOptions exchange;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        network.check();
        CsvSettings csv = data.settings();
        ExchangeSettings meet = exchange.settings();
        Interruption.listen();
        try (Application application = Application.startTraining();
                Source source = Source.open(application.spark(), train, test, csv, images)) {
            JavaSparkContext spark = application.spark();
            Session session = source.session(spark, new Path(out), Options.effective(spec), progress, meet, System.out);
            int slots = exchange.workers() == null ? Trainer.slots(spark) : exchange.workers();
            Run run = new Run(session, learner(source.train().width(), spark), "train", null, runId, slots, null);
            Interruption.endInOrderBy(run::requestStop);
            return switch (run.execute()) {
                case FINISHED, STOPPED_EARLY -> ExitCode.DONE;
                case DIVERGED -> ExitCode.DIVERGED;
                case KILLED -> ExitCode.INTERRUPTED;
            };
        }
    }

    private Learner learner(int width, JavaSparkContext spark) {
        return network.model() == NetworkOptions.Model.CLASSIFIER
                ? ClassifierLearner.of(network, width, spark.hadoopConfiguration())
                : new AutoencoderLearner(network.model(), network.autoencoder(width));
    }
}
