package org.sparkautoencoder.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.report.Report;
import org.sparkautoencoder.training.Outcome;
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
    private static final String DENOISING = "denoising";
    private static final String AUTOENCODER = "autoencoder";

    // In the order of their runs.
    private static final List<String> ENCODERS = List.of(DENOISING, AUTOENCODER);

    @Option(
            names = "--train",
            paramLabel = "PATH",
            description = "CSV to train on (dataset/paper, prepared when absent)")
    private String train;

    @Option(names = "--test", paramLabel = "PATH", description = "CSV to test on, likewise")
    private String test;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "where tables and models go (${DEFAULT-VALUE})")
    private String out;

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

    @Option(
            names = "--images",
            paramLabel = "HOW",
            description =
                    "how pictures lie in a row: upright or transposed (known for prepared data sets, else upright)")
    private Pictures.Orientation images;

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = "none, or anything else for plain lines (${DEFAULT-VALUE})")
    private Progress.Kind progress;

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
                Source source = Source.open(application.spark(), train, test, data.settings(), images)) {
            JavaSparkContext spark = application.spark();
            Path results = new Path(out);
            Session session = source.session(spark, results, Options.effective(spec), progress, meet, System.out);
            String group = id == null ? "reproduce-" + Run.time(start) : id;
            Outcome worst =
                    train(session, group, exchange.workers() == null ? Trainer.slots(spark) : exchange.workers());
            if (worst == Outcome.KILLED) {
                return ExitCode.INTERRUPTED;
            }
            Configuration conf = spark.hadoopConfiguration();
            Report.write(results, conf, runIds, report);
            System.out.printf(
                    Locale.ROOT,
                    "done in %.1f s%n  report   %s%n  tables   %s/*/run_id=%s-*%n",
                    Duration.between(start, Instant.now()).toMillis() / 1e3,
                    report,
                    out,
                    group);
            return worst == Outcome.DIVERGED ? ExitCode.DIVERGED : ExitCode.DONE;
        }
    }

    private Outcome train(Session session, String group, int slots) throws IOException {
        Study study = new Study(epochs, seed);
        int width = session.train().width();
        SideBySide sideBySide = new SideBySide(slots);
        Interruption.endInOrderBy(sideBySide::requestStop);
        Configuration conf = session.spark().hadoopConfiguration();
        List<IntFunction<Run>> runs = new ArrayList<>();
        runs.add(workers -> run(session, study.denoising(width, Study.LEARNING_RATE), group, DENOISING, workers));
        runs.add(workers -> run(session, study.autoencoder(width, Study.LEARNING_RATE), group, AUTOENCODER, workers));
        for (float rate : Study.OTHER_RATES) {
            runs.add(workers -> run(session, study.denoising(width, rate), group, grid(rate), workers));
        }
        List<Outcome> outcomes = new ArrayList<>(sideBySide.execute(runs));
        if (outcomes.contains(Outcome.KILLED) || outcomes.size() < runs.size()) {
            return Outcome.KILLED;
        }
        // A classifier needs its encoder; without one its figures stay empty and the page says so.
        List<IntFunction<Run>> classifiers = new ArrayList<>();
        for (int i = 0; i < ENCODERS.size(); i++) {
            String encoder = ENCODERS.get(i);
            if (outcomes.get(i) == Outcome.FINISHED) {
                classifiers.add(workers -> run(
                        session,
                        ClassifierLearner.of(
                                study::classifier, width, session.model(group + "-" + encoder), false, conf),
                        group,
                        "classifier-" + encoder,
                        workers));
            }
        }
        outcomes.addAll(sideBySide.execute(classifiers));
        if (outcomes.contains(Outcome.KILLED)) {
            return Outcome.KILLED;
        }
        return outcomes.contains(Outcome.DIVERGED) ? Outcome.DIVERGED : Outcome.FINISHED;
    }

    private static String grid(float rate) {
        return "rate-"
                + new BigDecimal(Float.toString(rate)).stripTrailingZeros().toPlainString();
    }

    private Run run(Session session, Learner learner, String group, String name, int workers) {
        String runId = group + "-" + name;
        runIds.add(runId);
        return new Run(session, learner, "reproduce", group, runId, workers, name);
    }
}
