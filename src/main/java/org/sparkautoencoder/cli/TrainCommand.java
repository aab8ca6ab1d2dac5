package org.sparkautoencoder.cli;

import java.util.concurrent.Callable;
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
    @Mixin
    private PlaceOptions place;

    @Option(names = "--run-id", paramLabel = "ID", description = "a letter, then letters, digits, ._- (from the time)")
    private String runId;

    @Option(
            names = ConfigFile.OPTION,
            paramLabel = "FILE",
            description = "a property file with values for these options")
    @SuppressWarnings("UnusedVariable") // ConfigFile reads it before the options are parsed; here for --help
    private String config;

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
                Source source = place.open(application.spark(), csv)) {
            JavaSparkContext spark = application.spark();
            Session session = place.session(spark, source, Options.effective(spec), meet);
            Learner learner = network.learner(source.train().width(), spark.hadoopConfiguration());
            SharedRows rows = new SharedRows(source.train(), source.test(), true);
            int slots = exchange.workers() == null ? Trainer.slots(spark) : exchange.workers();
            Run run = new Run(session, learner, Part.alone("train"), runId, rows, slots);
            Interruption.endInOrderBy(run::requestStop);
            return switch (run.execute().outcome()) {
                case FINISHED, STOPPED_EARLY -> ExitCode.DONE;
                case DIVERGED -> ExitCode.DIVERGED;
                case KILLED -> ExitCode.INTERRUPTED;
            };
        }
    }
}
