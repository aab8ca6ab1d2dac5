package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.digits.MaskingNoise;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.kernel.Loss;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RunData;
import org.sparkautoencoder.results.RunFingerprints;
import org.sparkautoencoder.results.RunNoise;
import org.sparkautoencoder.results.RunOrigin;
import org.sparkautoencoder.results.RunPlatform;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.RunSettings;
import org.sparkautoencoder.results.RunState;
import org.sparkautoencoder.results.RunVersions;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.training.Cluster;
import org.sparkautoencoder.training.ModelFolder;
import org.sparkautoencoder.training.NewFolder;
import org.sparkautoencoder.training.Outcome;
import org.sparkautoencoder.training.SavedModel;
import org.sparkautoencoder.training.Trained;
import org.sparkautoencoder.training.Trainer;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;
import org.sparkautoencoder.training.Workers;

/** One run: trains a learner, measures it, and leaves tables and a model. */
final class Run {
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Session session;
    private final Learner learner;
    private final TrainingSettings settings;
    private final Part part;
    private final SharedRows shared;
    private final String runId;
    private final int workers;
    private final Trainer trainer;
    private Instant start = Instant.now();

    /**
     * @param part what it is a part of
     * @param givenId its id; null for one made of the model and the time
     * @param shared where its rows come from
     * @param mostWorkers how many tasks it may take
     */
    Run(Session session, Learner learner, Part part, String givenId, SharedRows shared, int mostWorkers) {
        this.session = session;
        this.learner = learner;
        this.settings = learner.settings();
        this.part = part;
        this.shared = shared;
        this.runId = givenId == null ? newId() : givenId;
        this.workers = Math.min(mostWorkers, mostUsefulWorkers());
        this.trainer = new Trainer(session.spark(), runId, settings, session.exchange(), description());
        shared.expect(learner, workers);
    }

    /** How an execution ended; an error is null where there is none. */
    record Ended(Outcome outcome, int epochs, Double trainError, Double testError, double seconds) {}

    String runId() {
        return runId;
    }

    int workers() {
        return workers;
    }

    /** Where its model goes. */
    Path model() {
        return session.model(runId);
    }

    /** Ends the training after the present step; from any thread. */
    void requestStop() {
        trainer.requestStop();
    }

    /** Gives back what it would have needed, if it is never executed. */
    void abandon() {
        shared.release(learner, workers);
    }

    /** Runs; how it ended. */
    Ended execute() throws IOException {
        try {
            return executed();
        } finally {
            shared.release(learner, workers);
        }
    }

    private Ended executed() throws IOException {
        start = Instant.now();
        Configuration conf = session.spark().hadoopConfiguration();
        NewFolder.requireAbsent(model(), conf);
        RunRow row = row();
        ResultTables tables = create(conf, row);
        String weights = null;
        try {
            describe("read the rows of");
            TrainingRows rows = shared.take(learner, workers);
            if (part.console() == null) {
                announce(rows);
            }
            long begin = System.nanoTime();
            Trained trained;
            EpochTable epochs;
            try (Progress progress = progress()) {
                epochs = new EpochTable(tables, learner.model(), progress);
                trained = trainer.train(rows, learner.initialParameters(), epochs, part.pauses());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            epochs.flush();
            boolean usable = trained.outcome() != Outcome.DIVERGED && trained.epochs() > 0;
            if (usable) {
                float[] parameters = learner.networkParameters(trained.parameters());
                weights = ModelFolder.sha256(parameters);
                if (part.keepsModel()) {
                    ModelFolder.write(model(), conf, learner.network(), parameters, about(row, trained));
                }
                describe("measure");
                learner.measure(session, tables, rows, trained.parameters(), part.console() == null);
            }
            Status status = Status.valueOf(trained.outcome().name());
            tables.putRun(row.on(trained.executors()).ended(status, Instant.now(), weights, null));
            if (part.console() == null) {
                conclude(status, trained, epochs, usable);
            }
            return new Ended(
                    trained.outcome(), trained.epochs(), epochs.lastTrainError(), epochs.lastTestError(), seconds);
        } catch (RuntimeException | IOException e) {
            Status status = Interruption.happened() ? Status.KILLED : Status.FAILED;
            tables.putRun(row.ended(status, Instant.now(), weights, e.toString()));
            throw e;
        }
    }

    // All jobs of a run are of one group, so that what fails is cancelled alone.
    private void describe(String what) {
        session.spark().setJobGroup(runId, what + " " + description(), true);
    }

    private String description() {
        return part.title() == null ? runId : runId + ": " + part.title();
    }

    private Progress progress() {
        return part.console() == null
                ? Progress.of(session.progress(), settings.epochs(), session.out())
                : part.console().begin(part.title(), settings.epochs());
    }

    private ResultTables create(Configuration conf, RunRow row) throws IOException {
        try {
            return ResultTables.create(session.results(), conf, runId, row);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private int mostUsefulWorkers() {
        try {
            return Workers.mostUseful(
                    session.spark(), settings, settings.sharding(session.train().rows()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private void announce(TrainingRows rows) {
        session.out()
                .printf(
                        Locale.ROOT,
                        "%s: %s %s, %,d parameters%n  data     %s: %,d rows to train on, %,d to test on%n"
                                + "  batches  of %d rows in %d shards, on %d workers%n  BLAS     %s%n",
                        runId,
                        learner.model(),
                        settings.layers(),
                        settings.layers().parameters(),
                        session.paths().name(),
                        rows.trainRows(),
                        rows.testRows(),
                        settings.batchSize(),
                        settings.shards(),
                        workers,
                        Blas.name());
    }

    private void conclude(Status status, Trained trained, EpochTable epochs, boolean usable) {
        PrintStream out = session.out();
        out.printf(
                Locale.ROOT,
                "%s after %d epochs in %.1f s%n",
                status.text().replace('_', ' '),
                trained.epochs(),
                Duration.between(start, Instant.now()).toMillis() / 1e3);
        if (status == Status.DIVERGED) {
            out.println(
                    "  the loss in epoch " + epochs.last().epoch() + " was not finite: try a lower --learning-rate");
        }
        if (usable) {
            out.println("  model    " + model());
        }
        out.println("  tables   " + session.results() + "/*/run_id=" + runId);
    }

    private RunRow row() {
        MaskingNoise noise = settings.noise();
        List<Integer> layers = new ArrayList<>();
        for (int size : learner.network().sizes()) {
            layers.add(size);
        }
        return new RunRow(
                part.experiment(),
                learner.model(),
                new RunState(Status.RUNNING, start, null),
                new RunData(session.paths().name(), session.train().rows(), session.testRows()),
                new RunSettings(
                        layers,
                        settings.epochs(),
                        settings.batchSize(),
                        learner.updateRule().learningRate(),
                        learner.updateRule().momentum(),
                        settings.seed(),
                        settings.shards(),
                        noise == null
                                ? RunNoise.NONE
                                : new RunNoise(
                                        noise.zero(),
                                        noise.one(),
                                        noise.mode().name().toLowerCase(Locale.ROOT))),
                platform(),
                null,
                new RunOrigin(learner.parentRunId(), part.sweepId()),
                null,
                lines(session.effective()),
                new RunFingerprints(
                        session.train().fingerprint(),
                        session.test() == null ? null : session.test().fingerprint()));
    }

    private RunPlatform platform() {
        return new RunPlatform(
                workers,
                Math.min(workers, Cluster.executors(session.spark())),
                Blas.name(),
                new RunVersions(
                        Version.app(), Version.commit(), session.spark().version(), System.getProperty("java.version")),
                session.spark().master(),
                session.spark().sc().applicationId());
    }

    private static String lines(Map<String, String> values) {
        StringBuilder lines = new StringBuilder();
        values.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    private Map<String, Object> about(RunRow row, Trained trained) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("model", learner.model());
        about.put("activations", activations());
        about.put("run_id", runId);
        about.put("epochs", trained.epochs());
        about.put("outcome", trained.outcome().name().toLowerCase(Locale.ROOT));
        about.put("settings", session.effective());
        about.put("noise", settings.noise() == null ? null : SavedModel.describe(settings.noise()));
        about.put("dataset", row.data().dataset());
        about.put("image_orientation", session.pictures().orientation().name().toLowerCase(Locale.ROOT));
        about.put("blas", row.platform().blas());
        about.put("app_version", row.platform().versions().appVersion());
        about.put("git_commit", row.platform().versions().gitCommit());
        about.put("spark_version", row.platform().versions().sparkVersion());
        return about;
    }

    private List<String> activations() {
        List<String> activations = new ArrayList<>();
        for (int l = 1; l < learner.network().depth(); l++) {
            activations.add("relu");
        }
        activations.add(settings.loss() == Loss.SQUARED ? "sigmoid" : "softmax");
        return activations;
    }

    /** A time as it stands in ids. */
    static String time(Instant instant) {
        return RUN_TIME.format(instant);
    }

    private String newId() {
        return learner.model() + "-" + time(start) + "-"
                + String.format(Locale.ROOT, "%04x", ThreadLocalRandom.current().nextInt(0x10000));
    }
}
