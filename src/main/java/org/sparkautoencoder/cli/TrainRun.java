package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
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
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.sparkautoencoder.digits.LoadedDigits;
import org.sparkautoencoder.digits.MaskingNoise;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.digits.Shards;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.training.Evaluation;
import org.sparkautoencoder.training.InitialWeights;
import org.sparkautoencoder.training.ModelFolder;
import org.sparkautoencoder.training.Outcome;
import org.sparkautoencoder.training.Trained;
import org.sparkautoencoder.training.Trainer;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;

/** One run of an autoencoder: trains, measures, and leaves tables and a model. */
final class TrainRun {
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final JavaSparkContext spark;
    private final TrainingSettings settings;
    private final String model;
    private final Pictures pictures;
    private final PrintStream out = System.out;
    private final Instant start = Instant.now();

    TrainRun(Application application, TrainingSettings settings, NetworkOptions.Model model, Pictures pictures) {
        this.spark = application.spark();
        this.settings = settings;
        this.model = model.name().toLowerCase(Locale.ROOT);
        this.pictures = pictures;
    }

    /** Runs; the exit code. The loaded rows are closed on the way. */
    int execute(
            DataPaths paths,
            LoadedDigits train,
            LoadedDigits test,
            String folder,
            String givenId,
            Map<String, String> effective,
            Progress.Kind kind)
            throws IOException {
        String runId = givenId == null ? newId() : givenId;
        Configuration conf = spark.hadoopConfiguration();
        Path results = new Path(folder);
        Path modelFolder = new Path(new Path(results, "models"), runId);
        if (modelFolder.getFileSystem(conf).exists(modelFolder)) {
            throw new FileAlreadyExistsException(modelFolder.toString());
        }
        long testRows = test == null ? 0 : test.rows();
        int workers = workers(train.rows(), testRows);
        RunRow row = row(paths, train, test, workers, effective);
        ResultTables tables = create(results, conf, runId, row);
        String weights = null;
        try {
            TrainingRows rows = shards(train, test, workers);
            announce(runId, paths, rows, workers);
            Trainer trainer = new Trainer(spark, runId, settings);
            Interruption.endInOrderBy(trainer::requestStop);
            Trained trained;
            EpochTable epochs;
            try (Progress progress = Progress.of(kind, settings.epochs(), out)) {
                epochs = new EpochTable(tables, model, progress);
                trained = trainer.train(rows, InitialWeights.draw(settings.layers(), settings.seed()), epochs);
            }
            epochs.flush();
            boolean usable = trained.outcome() != Outcome.DIVERGED && trained.epochs() > 0;
            if (usable) {
                weights = ModelFolder.sha256(trained.parameters());
                ModelFolder.write(
                        modelFolder,
                        conf,
                        settings.layers(),
                        trained.parameters(),
                        about(runId, row, trained, effective));
                measure(tables, rows, trained);
            }
            Status status = Status.valueOf(trained.outcome().name());
            tables.putRun(row.ended(status, Instant.now(), weights, null));
            conclude(status, trained, epochs, usable ? modelFolder : null, results, runId);
            return switch (trained.outcome()) {
                case FINISHED, STOPPED_EARLY -> ExitCode.DONE;
                case DIVERGED -> ExitCode.DIVERGED;
                case KILLED -> ExitCode.INTERRUPTED;
            };
        } catch (RuntimeException | IOException e) {
            Status status = Interruption.happened() ? Status.KILLED : Status.FAILED;
            tables.putRun(row.ended(status, Instant.now(), weights, e.toString()));
            throw e;
        }
    }

    private static ResultTables create(Path results, Configuration conf, String runId, RunRow row) throws IOException {
        try {
            return ResultTables.create(results, conf, runId, row);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private int workers(long trainRows, long testRows) {
        try {
            int workers = Math.min(settings.sharding(trainRows).shards(), Trainer.slots(spark));
            return testRows == 0
                    ? workers
                    : Math.min(workers, settings.testSharding(testRows).shards());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    // Held in memory from here on; the rows that they were made from are not.
    private TrainingRows shards(LoadedDigits train, LoadedDigits test, int workers) {
        MaskingNoise noise = settings.noise();
        JavaRDD<Shard> trainShards = Shards.of(train, settings.sharding(train.rows()), workers, noise)
                .persist(StorageLevel.MEMORY_ONLY());
        trainShards.count();
        train.close();
        JavaRDD<Shard> testShards = null;
        if (test != null) {
            testShards = Shards.of(
                            test,
                            settings.testSharding(test.rows()),
                            workers,
                            noise == null ? null : noise.forTestSet())
                    .persist(StorageLevel.MEMORY_ONLY());
            testShards.count();
            test.close();
        }
        return new TrainingRows(trainShards, train.rows(), testShards, test == null ? 0 : test.rows());
    }

    private void announce(String runId, DataPaths paths, TrainingRows rows, int workers) {
        out.printf(
                Locale.ROOT,
                "%s: %s %s, %,d parameters%n  data     %s: %,d rows to train on, %,d to test on%n"
                        + "  batches  of %d rows in %d shards, on %d workers%n  BLAS     %s%n",
                runId,
                model,
                settings.layers(),
                settings.layers().parameters(),
                paths.name(),
                rows.trainRows(),
                rows.testRows(),
                settings.batchSize(),
                settings.shards(),
                workers,
                Blas.name());
    }

    private void measure(ResultTables tables, TrainingRows rows, Trained trained) throws IOException {
        spark.setJobDescription("measure the errors of each digit");
        Evaluation evaluation = new Evaluation(spark, settings, rows, trained.parameters());
        Measurements measurements = new Measurements(tables, model, pictures, settings.noise() != null);
        measurements.digitErrors(evaluation, rows.test() != null, out);
        if (rows.test() != null) {
            measurements.samples(evaluation);
        }
        measurements.features(settings.layers(), trained.parameters());
    }

    private void conclude(
            Status status, Trained trained, EpochTable epochs, Path modelFolder, Path results, String runId) {
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
        if (modelFolder != null) {
            out.println("  model    " + modelFolder);
        }
        out.println("  tables   " + results + "/*/run_id=" + runId);
    }

    private RunRow row(
            DataPaths paths, LoadedDigits train, LoadedDigits test, int workers, Map<String, String> effective) {
        MaskingNoise noise = settings.noise();
        List<Integer> layers = new ArrayList<>();
        for (int size : settings.layers().sizes()) {
            layers.add(size);
        }
        return new RunRow(
                "train",
                model,
                Status.RUNNING,
                start,
                null,
                paths.name(),
                train.rows(),
                test == null ? 0 : test.rows(),
                layers,
                settings.epochs(),
                settings.batchSize(),
                settings.momentum().rate(),
                settings.momentum().beta(),
                settings.seed(),
                settings.shards(),
                noise == null ? null : noise.zero(),
                noise == null ? null : noise.one(),
                noise == null ? null : noise.mode().name().toLowerCase(Locale.ROOT),
                workers,
                1,
                Blas.name(),
                Version.app(),
                Version.commit(),
                spark.version(),
                System.getProperty("java.version"),
                spark.master(),
                spark.sc().applicationId(),
                null,
                null,
                null,
                null,
                lines(effective),
                train.fingerprint(),
                test == null ? null : test.fingerprint());
    }

    private static String lines(Map<String, String> values) {
        StringBuilder lines = new StringBuilder();
        values.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    private Map<String, Object> about(String runId, RunRow row, Trained trained, Map<String, String> effective) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("model", model);
        about.put("activations", activations());
        about.put("run_id", runId);
        about.put("epochs", trained.epochs());
        about.put("outcome", trained.outcome().name().toLowerCase(Locale.ROOT));
        about.put("settings", effective);
        about.put("dataset", row.dataset());
        about.put("image_orientation", pictures.orientation().name().toLowerCase(Locale.ROOT));
        about.put("blas", row.blas());
        about.put("app_version", row.appVersion());
        about.put("git_commit", row.gitCommit());
        about.put("spark_version", row.sparkVersion());
        return about;
    }

    private List<String> activations() {
        List<String> activations = new ArrayList<>();
        for (int l = 1; l < settings.layers().depth(); l++) {
            activations.add("relu");
        }
        activations.add("sigmoid");
        return activations;
    }

    private String newId() {
        return model + "-" + RUN_TIME.format(start) + "-"
                + String.format(Locale.ROOT, "%04x", ThreadLocalRandom.current().nextInt(0x10000));
    }
}
