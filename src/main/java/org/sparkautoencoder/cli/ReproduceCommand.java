package org.sparkautoencoder.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.report.Report;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.sweep.Admission;
import org.sparkautoencoder.sweep.Objective;
import org.sparkautoencoder.training.Pauses;
import org.sparkautoencoder.training.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
    private static final String EXPERIMENT = "reproduce";
    private static final String DENOISING = "denoising";
    private static final String AUTOENCODER = "autoencoder";
    private static final String RATE = "learning-rate";

    @Mixin
    private PlaceOptions place;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "the page (${DEFAULT-VALUE}); one that is there is replaced")
    private java.nio.file.Path report;

    @Option(names = "--id", paramLabel = "ID", description = "begins the ids of all runs (from the time)")
    private String id;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "250",
            description = "of each training (${DEFAULT-VALUE}, as the study's)")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "decides everything random (${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    private DataOptions data;

    @Mixin
    private ExchangeOptions exchange;

    private final List<String> runIds = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Instant start = Instant.now();
        if (epochs < 1) {
            throw new UsageException("--epochs must be at least 1, got " + epochs);
        }
        ExchangeSettings meet = exchange.settings();
        Interruption.listen();
        try (Application application = Application.startTraining();
                Source source = place.open(application.spark(), data.settings())) {
            JavaSparkContext spark = application.spark();
            Session session = place.session(spark, source, Options.effective(spec), meet);
            String group = id == null ? "reproduce-" + Run.time(start) : id;
            requireNew(session, group);
            Set<Status> ends = train(session, group);
            if (Interruption.happened()) {
                return ExitCode.INTERRUPTED;
            }
            Report.write(session.results(), spark.hadoopConfiguration(), runIds, List.of(group), report);
            System.out.printf(
                    Locale.ROOT,
                    "done in %.1f s%n  report   %s%n  tables   %s/*/run_id=%s-*%n",
                    Duration.between(start, Instant.now()).toMillis() / 1e3,
                    report,
                    session.results(),
                    group);
            if (ends.contains(Status.FAILED)) {
                return ExitCode.FAILURE;
            }
            return ends.contains(Status.DIVERGED) ? ExitCode.DIVERGED : ExitCode.DONE;
        }
    }

    private static void requireNew(Session session, String group) throws IOException {
        TableReader reader = new TableReader(session.results(), session.spark().hadoopConfiguration());
        if (reader.runIds(Table.TRIALS).contains(group)) {
            throw new FileAlreadyExistsException(group, null, "choose another --id or another folder");
        }
    }

    // How the runs ended.
    private Set<Status> train(Session session, String group) throws IOException {
        Study study = new Study(epochs, seed);
        int width = session.train().width();
        int slots = Trainer.slots(session.spark());
        int all = Study.RATES.size() + 1;
        Beside beside = new Beside(session.spark(), new Admission(slots, slots));
        Console console = place.console(session.out());
        SharedRows rows = new SharedRows(session.train(), session.test(), false);
        Interruption.endInOrderBy(beside::requestStop);

        Learner clean = study.autoencoder(width, Study.LEARNING_RATE);
        Run autoencoder = run(session, clean, group, AUTOENCODER, rows, console, workers(0, all, slots));
        Sweep sweep = grid(session, study, group, rows, beside, console, (i, n) -> workers(i + 1, all, slots));
        List<Callable<Status>> tasks = new ArrayList<>();
        tasks.add(() -> execute(beside, autoencoder));
        tasks.addAll(sweep.tasks());
        List<Status> ends = new ArrayList<>(SideBySide.all(tasks, slots, beside::requestStop));
        session.out().println();
        new TrialList(session.out()).print(Objective.TEST_ERROR, sweep.table().rows());

        // A classifier needs its encoder; without one its figures stay empty and the page says so.
        SharedRows encoded = new SharedRows(session.train(), session.test(), false);
        List<Callable<Status>> classifiers = new ArrayList<>();
        for (String encoder : List.of(DENOISING, AUTOENCODER)) {
            Path model = session.model(group + "-" + encoder);
            Configuration conf = session.spark().hadoopConfiguration();
            if (!Interruption.happened() && model.getFileSystem(conf).exists(model)) {
                Learner learner =
                        ClassifierLearner.of(study::classifier, Study.CLASSIFIER_RULE, width, model, false, conf);
                int workers = workers(classifiers.size(), 2, slots);
                Run run = run(session, learner, group, "classifier-" + encoder, encoded, console, workers);
                classifiers.add(() -> execute(beside, run));
            }
        }
        ends.addAll(SideBySide.all(classifiers, slots, beside::requestStop));
        return EnumSet.copyOf(ends);
    }

    private Sweep grid(
            Session session,
            Study study,
            String group,
            SharedRows rows,
            Beside beside,
            Console console,
            IntBinaryOperator workers)
            throws IOException {
        List<Trial> trials = new ArrayList<>();
        for (double rate : Study.RATES) {
            Learner learner = study.denoising(session.train().width(), rate);
            Map<String, String> settings = Map.of(RATE, Options.text(rate));
            trials.add(new Trial(trials.size(), settings, session.effective(), rate, learner, null));
        }
        IntFunction<String> names = trial -> {
            double rate = Study.RATES.get(trial);
            String name = group + "-" + (rate == Study.LEARNING_RATE ? DENOISING : "rate-" + Options.text(rate));
            runIds.add(name);
            return name;
        };
        SweepSettings settings =
                new SweepSettings(group, EXPERIMENT, Objective.TEST_ERROR, BestModel.Keep.ALL, false, workers, names);
        return new Sweep(session, settings, trials, rows, beside, console);
    }

    private int workers(int training, int trainings, int slots) {
        int workers = Admission.workers(training, trainings, slots);
        return exchange.workers() == null ? workers : Math.min(workers, exchange.workers());
    }

    private Run run(
            Session session,
            Learner learner,
            String group,
            String name,
            SharedRows rows,
            Console console,
            int workers) {
        String runId = group + "-" + name;
        runIds.add(runId);
        Part part = new Part(EXPERIMENT, group, name, console, Pauses.NONE, true);
        return new Run(session, learner, part, runId, rows, workers);
    }

    private static Status execute(Beside beside, Run run) throws IOException {
        Run.Ended ended = beside.execute(run, slots -> run.execute());
        return ended == null ? Status.WAITING : Status.valueOf(ended.outcome().name());
    }
}
