package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntBinaryOperator;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.sparkautoencoder.cli.ExperimentOptions.Experiment;
import org.sparkautoencoder.model.ModelKind;
import org.sparkautoencoder.results.Heartbeat;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.runs.ConcurrentRuns;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.runs.LoadedData;
import org.sparkautoencoder.runs.ModelRetention;
import org.sparkautoencoder.runs.ModelSpec;
import org.sparkautoencoder.runs.RunContext;
import org.sparkautoencoder.runs.RunIds;
import org.sparkautoencoder.runs.ShardCache;
import org.sparkautoencoder.runs.Sweep;
import org.sparkautoencoder.runs.SweepSettings;
import org.sparkautoencoder.runs.Trial;
import org.sparkautoencoder.sweep.Axis;
import org.sparkautoencoder.sweep.Grid;
import org.sparkautoencoder.sweep.Objective;
import org.sparkautoencoder.sweep.SlotAllocator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network with every combination of some settings, several at a time. */
@Command(
        name = "sweep",
        description = "Trains a network with each combination of some settings, several at a time, and names the best.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Each trial is a run like that of `train`, with the same bits. Without --workers it has one worker, and more only"
                    + " where slots would be idle. Values come from the options, else from the file named by --config,"
                    + " else from conf/sweep.properties and conf/paper.properties, else they are the defaults above."
                    + " --grid on the command line replaces that of a file.",
            "",
            "Ctrl-C keeps the results so far. The same command with --sweep-id ID continues the sweep: trials with a result"
                    + " are kept; those that were interrupted or failed go on from their last checkpoints, or from the"
                    + " start, to the same bits."
        })
final class SweepCommand implements Callable<Integer> {
    @Option(
            names = "--grid",
            paramLabel = "NAME=VALUES",
            split = "\\s+",
            description = {
                "values of an option of train: a list, learning-rate=0.1,0.01, or a range, log:0.0001:0.1:4 or linear:0.1:0.5:5;"
                        + " may be repeated, for all combinations.",
                "Values that contain commas are separated by semicolons: 'hidden=200;400,100'"
            })
    private List<String> grid = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "number of seeds per combination: --seed, --seed + 1 and so on (default ${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--random",
            paramLabel = "N",
            description = "number of combinations drawn at random from the lists and ranges (log:0.0001:0.1) of "
                    + "--grid (default: all combinations)")
    private Integer random;

    @Option(
            names = "--random-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed of the random draw (default ${DEFAULT-VALUE})")
    private long randomSeed;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "maximum number of concurrent trials, at least 1 (default: as many as there are slots)")
    private Integer parallel;

    @Option(
            names = "--objective",
            paramLabel = "WHAT",
            description = "what trials are compared by: test-error, train-error or, for classifiers, test-accuracy, "
                    + "which is balanced (default test-error; train-error without test rows)")
    private String objective;

    @Option(
            names = "--keep",
            paramLabel = "WHICH",
            defaultValue = "best",
            description = "which models to keep: best, all or none (default ${DEFAULT-VALUE})")
    private ModelRetention.Keep keep;

    @Option(
            names = "--halving",
            description = "successive halving: at each rung the better half of the trials, by the objective, trains "
                    + "for twice as many epochs and the others are pruned (default: no)")
    private boolean halving;

    @Option(
            names = "--sweep-id",
            paramLabel = "ID",
            description = "id of the sweep: a letter, then letters, digits, ._- (default: time); the id of an "
                    + "interrupted sweep continues it")
    private String sweepId;

    @Mixin
    private ExperimentOptions experiment;

    @Option(
            names = ConfigFile.OPTION,
            paramLabel = "FILE",
            description = "a property file with values for these options; in grid=..., blanks separate settings")
    @SuppressWarnings("UnusedVariable") // ConfigFile reads it before the options are parsed; here for --help
    private String config;

    @Mixin
    @SuppressWarnings("UnusedVariable") // each trial has its own, made of this one's options
    private NetworkOptions network;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Map<String, String>> combinations = combinations();
        List<TrialOptions> options = combinations.stream()
                .map(settings -> TrialOptions.of(spec, settings))
                .toList();
        try (Experiment opened = experiment.open(false)) {
            RunContext context = opened.context();
            LoadedData loaded = context.data();
            int slots = opened.slots();
            String id = sweepId == null ? RunIds.random("sweep") : sweepId;
            SweepSettings settings = new SweepSettings(
                    id,
                    "sweep",
                    objective(loaded, options),
                    keep,
                    halving,
                    workers(slots),
                    SweepSettings.numbered(id),
                    TrialOptions::areVaried);
            int atOnce = parallel == null ? slots : atLeastOne("--parallel", parallel);
            List<Trial> trials = trials(context, combinations, options);
            try (Heartbeat heartbeat = context.begin(id)) {
                Sweep sweep = new Sweep(
                        context,
                        settings,
                        trials,
                        new ShardCache(loaded, true),
                        new ConcurrentRuns(context.spark(), new SlotAllocator(slots, atOnce)));
                Interruption.onSignal(sweep::requestStop);
                heartbeat.onLost(sweep::requestStop);
                return run(context, settings, sweep, slots, atOnce);
            }
        }
    }

    private int run(RunContext context, SweepSettings settings, Sweep sweep, int slots, int atOnce) throws IOException {
        int done = sweep.rows().size() - sweep.tasks().size();
        System.out.printf(
                Locale.ROOT,
                "%s: %d trials%s on %d slots, the best by %s%n",
                settings.id(),
                sweep.rows().size(),
                done == 0 ? "" : " (" + done + " of them completed or rejected before)",
                slots,
                settings.objective());
        // With halving, every trial that waits for the others needs a thread to wait in.
        sweep.execute(halving ? sweep.tasks().size() : atOnce);
        TrialRow best = sweep.best();
        if (best != null) {
            System.out.println("best     trial " + best.trial() + ", run " + best.trialRunId());
            if (keep != ModelRetention.Keep.NONE) {
                System.out.println("  model    " + context.model(best.trialRunId()));
            }
        }
        System.out.println("  tables   " + context.results() + "/*/run_id=" + settings.id() + "*");
        return exitCode(sweep);
    }

    private IntBinaryOperator workers(int slots) {
        Integer workers = experiment.workers();
        if (workers != null) {
            if (workers > slots) {
                throw new InvalidSettingsException("--workers must be 1.." + slots + " (the slots), got " + workers);
            }
            return (trial, trials) -> workers;
        }
        return parallel == null
                ? (trial, trials) -> SlotAllocator.workers(trial, trials, slots)
                : (trial, trials) -> Math.max(1, slots / parallel);
    }

    private static int exitCode(Sweep sweep) {
        if (Interruption.happened()) {
            return ExitCode.INTERRUPTED;
        }
        if (sweep.best() != null) {
            return ExitCode.DONE;
        }
        boolean diverged = sweep.rows().stream().anyMatch(row -> row.status() == Status.DIVERGED);
        return diverged ? ExitCode.DIVERGED : ExitCode.FAILURE;
    }

    private List<Map<String, String>> combinations() {
        try {
            List<Axis> axes = grid.stream()
                    .map(text -> Axis.parse(text, TrialOptions::isWhole))
                    .toList();
            List<Map<String, String>> combinations =
                    random == null ? Grid.product(axes) : Grid.sample(axes, atLeastOne("--random", random), randomSeed);
            if (atLeastOne("--seeds", seeds) == 1) {
                return combinations;
            }
            long seed = spec.findOption("--seed").getValue();
            List<String> all = LongStream.range(seed, seed + seeds)
                    .mapToObj(String::valueOf)
                    .toList();
            return Grid.times(combinations, Axis.of("seed", all));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("--grid: " + e.getMessage(), e);
        }
    }

    private static List<Trial> trials(
            RunContext context, List<Map<String, String>> combinations, List<TrialOptions> options) {
        List<Trial> trials = new ArrayList<>();
        Configuration conf = context.spark().hadoopConfiguration();
        for (int i = 0; i < options.size(); i++) {
            NetworkOptions network = options.get(i).network();
            ModelSpec modelSpec = null;
            String error = null;
            try {
                network.check();
                modelSpec =
                        network.modelSpec(context.data(), conf, options.get(i).isBatchSizeGiven());
            } catch (InvalidSettingsException e) { // values that do not go together: the other trials can be made
                error = e.getMessage();
            }
            trials.add(new Trial(
                    i,
                    combinations.get(i),
                    options.get(i).effective(),
                    network.updateRule().learningRate(),
                    modelSpec,
                    error));
        }
        return trials;
    }

    private Objective objective(LoadedData data, List<TrialOptions> options) {
        if (objective == null) {
            return data.test() == null ? Objective.TRAIN_ERROR : Objective.TEST_ERROR;
        }
        Objective known;
        try {
            known = Objective.of(objective);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("--objective: " + e.getMessage(), e);
        }
        if (known.needsTest() && data.test() == null) {
            throw new InvalidSettingsException("--objective " + objective + " needs --test");
        }
        if (known == Objective.TEST_ACCURACY
                && options.stream().anyMatch(trial -> trial.network().model() != ModelKind.CLASSIFIER)) {
            throw new InvalidSettingsException("--objective test-accuracy needs --model classifier");
        }
        return known;
    }

    private static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new InvalidSettingsException(option + " must be at least 1, got " + value);
        }
        return value;
    }
}
