package org.sparkautoencoder.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sparkautoencoder.cli.ExperimentOptions.Experiment;
import org.sparkautoencoder.results.Heartbeat;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.runs.Reproduction;
import org.sparkautoencoder.runs.RunContext;
import org.sparkautoencoder.runs.RunIds;
import org.sparkautoencoder.runs.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does the study again: trains all its networks, writes all tables, checks its claims and draws the page. */
@Command(
        name = "reproduce",
        description =
                "Does the study again: trains its autoencoders, its classifiers and its grid of learning rates, and"
                        + " draws one page with every figure and claim.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true)
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    private ExperimentOptions experiment;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "HTML page to write, replaced if it exists (default ${DEFAULT-VALUE})")
    private java.nio.file.Path report;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "prefix of the ids of all runs; that of a study that was cut off goes on with it (default: time)")
    private String id;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "" + Study.EPOCHS,
            description = "epochs of each training, at least 1 (default ${DEFAULT-VALUE}, as in the study)")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed of everything random (default ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws IOException {
        Instant start = Instant.now();
        if (epochs < 1) {
            throw new InvalidSettingsException("--epochs must be at least 1, got " + epochs);
        }
        ReportCommand.requireWritable(report);
        try (Experiment opened = experiment.open(false)) {
            RunContext context = opened.context();
            String group = id == null ? RunIds.timed("reproduce") : id;
            try (Heartbeat heartbeat = context.begin(group)) {
                return reproduce(opened, group, heartbeat, start);
            }
        }
    }

    private int reproduce(Experiment opened, String group, Heartbeat heartbeat, Instant start) throws IOException {
        RunContext context = opened.context();
        int maxWorkers = experiment.workers() == null ? Integer.MAX_VALUE : experiment.workers();
        Reproduction reproduction = new Reproduction(context, new Study(epochs, seed), group, maxWorkers);
        Interruption.onSignal(reproduction::requestStop);
        heartbeat.onLost(reproduction::requestStop);
        Set<Status> ends = reproduction.execute();
        if (Interruption.happened()) {
            return ExitCode.INTERRUPTED;
        }
        ReportCommand.write(
                context.results(), opened.spark().hadoopConfiguration(), reproduction.runIds(), List.of(group), report);
        System.out.printf(
                Locale.ROOT,
                "done in %.1f s%n  report   %s%n  tables   %s/*/run_id=%s-*%n",
                Duration.between(start, Instant.now()).toMillis() / 1e3,
                report,
                context.results(),
                group);
        if (ends.contains(Status.FAILED)) {
            return ExitCode.FAILURE;
        }
        return ends.contains(Status.DIVERGED) ? ExitCode.DIVERGED : ExitCode.DONE;
    }
}
