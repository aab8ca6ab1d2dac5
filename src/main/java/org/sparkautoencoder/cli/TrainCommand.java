package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparkautoencoder.cli.ExperimentOptions.Experiment;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.runs.LoadedData;
import org.sparkautoencoder.runs.ModelSpec;
import org.sparkautoencoder.runs.Resumption;
import org.sparkautoencoder.runs.Run;
import org.sparkautoencoder.runs.RunContext;
import org.sparkautoencoder.runs.RunGroup;
import org.sparkautoencoder.runs.ShardCache;
import picocli.CommandLine;
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
    /** Options that may be given with --resume and differ from those of the run. */
    private static final Set<String> MAY_CHANGE = Set.of(
            "resume",
            "epochs",
            "out",
            "progress",
            "workers",
            "encoding",
            "exchange-port",
            "exchange-timeout",
            "max-failures",
            "topology",
            "checkpoint",
            "checkpoint-every",
            "checkpoint-minutes",
            "keep-checkpoints");

    /** Options that are not handed on as they are. */
    private static final Set<String> NOT_STORED = Set.of("resume", "out", "run-id", "config", "help", "version");

    @Mixin
    private ExperimentOptions experiment;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "id of the run: a letter, then letters, digits, ._- (default: model and time)")
    private String runId;

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "RUN",
            description = "go on with a run that was cut off, from its last checkpoint: its id, or the folder of its "
                    + "checkpoints; without one, the run that was cut off last. All settings come from the checkpoint; "
                    + "of others, only the number of epochs and what does not change the result may be given")
    private String resume;

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

    private Resumption resumption; // null for a new run

    @Override
    public Integer call() throws Exception {
        if (resume != null) {
            return resumed().train();
        }
        return train();
    }

    private int train() throws IOException {
        network.check();
        try (Experiment opened = experiment.open(true)) {
            RunContext context = opened.context();
            LoadedData data = context.data();
            // That of a run that is resumed was made to fit its rows, if it was not given.
            boolean batchSizeGiven = resumption == null && Options.isGiven(spec, NetworkOptions.BATCH_SIZE);
            ModelSpec modelSpec = network.modelSpec(data, opened.spark().hadoopConfiguration(), batchSizeGiven);
            int maxWorkers = experiment.workers() == null ? opened.slots() : experiment.workers();
            RunGroup group = RunGroup.single("train");
            ShardCache cache = new ShardCache(data, true);
            Run run = Run.of(context, modelSpec, group, runId, resumption, cache, maxWorkers);
            Interruption.onSignal(run::requestStop);
            return switch (run.execute().outcome()) {
                case FINISHED, STOPPED_EARLY -> ExitCode.DONE;
                case DIVERGED -> ExitCode.DIVERGED;
                case KILLED -> ExitCode.INTERRUPTED;
            };
        }
    }

    /** This command with the settings of the run that goes on. */
    private TrainCommand resumed() throws IOException {
        Configuration conf = SparkHadoopUtil.get().conf();
        Resumption found = Resumption.find(experiment.results(), experiment.checkpoints(), resume, conf);
        Map<String, String> settings = found.settings();
        List<String> arguments = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (option.inherited()) {
                continue; // of the program, not of the run
            }
            String name = Options.name(option);
            String before = settings.get(name);
            boolean given = Options.isGiven(spec, option.names()[0]);
            if (given && !MAY_CHANGE.contains(name)) {
                String now = Resumption.comparable(name, Options.text(option.getValue()), conf);
                if (!now.equals(before)) {
                    throw new BadInputException("--" + name + " " + now + " differs from that of run " + found.runId()
                            + ", which has " + (before == null ? "none" : before)
                            + ": leave the option out, or start a new run");
                }
            }
            String value = given ? Options.text(option.getValue()) : before;
            if (value != null && !value.isEmpty() && !NOT_STORED.contains(name)) {
                arguments.add("--" + name + "=" + value);
            }
        }
        boolean byFolder = resume.indexOf('/') >= 0;
        arguments.add("--out=" + (byFolder ? found.results() : experiment.results()));
        TrainCommand command = new TrainCommand();
        new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments.toArray(String[]::new));
        command.resumption = found;
        return command;
    }
}
