package org.sparkautoencoder.cli;

import java.util.concurrent.Callable;
import org.sparkautoencoder.cli.ExperimentOptions.Experiment;
import org.sparkautoencoder.runs.LoadedData;
import org.sparkautoencoder.runs.ModelSpec;
import org.sparkautoencoder.runs.Run;
import org.sparkautoencoder.runs.RunContext;
import org.sparkautoencoder.runs.RunGroup;
import org.sparkautoencoder.runs.ShardCache;
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
    private ExperimentOptions experiment;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "id of the run: a letter, then letters, digits, ._- (default: model and time)")
    private String runId;

    @Option(
            names = ConfigFile.OPTION,
            paramLabel = "FILE",
            description = "a property file with values for these options")
    @SuppressWarnings("UnusedVariable") // ConfigFile reads it before the options are parsed; here for --help
    private String config;

    @Mixin
    private NetworkOptions network;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        network.check();
        try (Experiment opened = experiment.open(true)) {
            RunContext context = opened.context();
            LoadedData data = context.data();
            ModelSpec modelSpec = network.modelSpec(
                    data, opened.spark().hadoopConfiguration(), Options.isGiven(spec, NetworkOptions.BATCH_SIZE));
            int maxWorkers = experiment.workers() == null ? opened.slots() : experiment.workers();
            Run run = new Run(
                    context, modelSpec, RunGroup.single("train"), runId, new ShardCache(data, true), maxWorkers);
            Interruption.onSignal(run::requestStop);
            return switch (run.execute().outcome()) {
                case FINISHED, STOPPED_EARLY -> ExitCode.DONE;
                case DIVERGED -> ExitCode.DIVERGED;
                case KILLED -> ExitCode.INTERRUPTED;
            };
        }
    }
}
