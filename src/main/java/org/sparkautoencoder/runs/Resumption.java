package org.sparkautoencoder.runs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.kernel.Snapshot;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.Heartbeat;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.training.Checkpoint;
import org.sparkautoencoder.training.CheckpointFolder;

/**
 * What a run that was cut off goes on with.
 *
 * @param runId its id
 * @param from its newest whole checkpoint; null for one that begins anew, since it has none
 */
public record Resumption(String runId, Checkpoint from) {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    // What a checkpoint says of its run.
    private static final String RUN_ID = "run_id";
    private static final String RESULTS = "results";
    private static final String SETTINGS = "settings";
    private static final String TRAIN_FINGERPRINT = "train_fingerprint";
    private static final String TEST_FINGERPRINT = "test_fingerprint";
    private static final String INITIAL_WEIGHTS = "initial_weights_sha256";

    /** Settings that name files. */
    private static final List<String> PATHS = List.of("train", "test", "encoder");

    /** What the checkpoints of a run say of it. */
    static Map<String, Object> about(RunContext context, ModelSpec modelSpec, String runId) throws IOException {
        Configuration conf = context.spark().hadoopConfiguration();
        Map<String, String> settings = new TreeMap<>(context.settings());
        for (String name : PATHS) {
            if (settings.containsKey(name)) {
                settings.put(name, absolute(settings.get(name), conf));
            }
        }
        Map<String, Object> about = new LinkedHashMap<>();
        about.put(RUN_ID, runId);
        about.put(RESULTS, absolute(context.results().toString(), conf));
        about.put(SETTINGS, settings);
        about.put(TRAIN_FINGERPRINT, context.data().train().fingerprint());
        about.put(TEST_FINGERPRINT, testFingerprint(context));
        about.put(INITIAL_WEIGHTS, initialWeights(modelSpec));
        return about;
    }

    /**
     * Finds the run to go on with.
     *
     * @param results the folder of tables
     * @param checkpoints the folder of the checkpoints of all runs
     * @param name a run id, or the folder of a run's checkpoints; empty for the run that was cut off last
     * @throws BadInputException if there is no such checkpoint
     */
    public static Resumption find(Path results, Path checkpoints, String name, Configuration conf) throws IOException {
        Path folder = name.isEmpty()
                ? newest(results, checkpoints, conf)
                : name.indexOf('/') < 0 ? new Path(checkpoints, name) : new Path(name);
        Checkpoint from;
        try {
            from = CheckpointFolder.at(folder, conf).newest();
        } catch (IOException e) {
            throw new BadInputException("no checkpoint in " + folder + " is whole: " + e.getMessage(), e);
        }
        if (from == null) {
            throw new BadInputException("there is no checkpoint in " + folder
                    + ": name the id of a run that was cut off, or the folder of its checkpoints");
        }
        if (!(from.about().get(RUN_ID) instanceof String runId)
                || !(from.about().get(SETTINGS) instanceof Map<?, ?>)
                || !(from.about().get(RESULTS) instanceof String)) {
            throw new BadInputException("the checkpoint in " + folder + " does not say what run it belongs to");
        }
        return new Resumption(runId, from);
    }

    private static Path newest(Path results, Path checkpoints, Configuration conf) throws IOException {
        Path newest = null;
        long time = 0;
        for (Path folder : folders(checkpoints, conf)) {
            long written = CheckpointFolder.at(folder, conf).newestTime();
            if (written > time && isCutOff(results, folder.getName(), conf)) {
                newest = folder;
                time = written;
            }
        }
        if (newest == null) {
            throw new BadInputException("there is no run in " + checkpoints
                    + " that was cut off after a checkpoint: see --out, or name the folder of its checkpoints");
        }
        return newest;
    }

    private static List<Path> folders(Path checkpoints, Configuration conf) throws IOException {
        try {
            return Arrays.stream(AtomicOutput.fileSystem(checkpoints, conf).listStatus(checkpoints))
                    .filter(FileStatus::isDirectory)
                    .map(FileStatus::getPath)
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    private static boolean isCutOff(Path results, String runId, Configuration conf) throws IOException {
        if (Heartbeat.isAlive(results, conf, runId)) {
            return false;
        }
        try {
            return new TableReader(results, conf)
                    .rows(Table.RUNS, runId).stream()
                            .noneMatch(row -> row.state().status().isEnd());
        } catch (IllegalArgumentException e) { // a folder with another name than a run's
            return false;
        }
    }

    /**
     * What a run of an experiment goes on with; null if there is no run of that id. One whose checkpoints are damaged begins anew.
     */
    static Resumption ofRun(RunContext context, String runId) throws IOException {
        Configuration conf = context.spark().hadoopConfiguration();
        TableReader reader = new TableReader(context.results(), conf);
        if (reader.rows(Table.RUNS, runId).isEmpty()) {
            return null;
        }
        Checkpoint from = null;
        try {
            from = CheckpointFolder.at(new Path(context.checkpoints().folder(), runId), conf)
                    .newest();
        } catch (IOException e) {
            LOG.warn("run {} begins anew: {}", runId, e.getMessage());
        }
        return new Resumption(runId, from);
    }

    /** The settings of the run, by the names of their options. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        ((Map<?, ?>) from.about().get(SETTINGS))
                .forEach((name, value) -> settings.put(String.valueOf(name), String.valueOf(value)));
        return settings;
    }

    /** The folder of the tables that the run began. */
    public Path results() {
        return new Path(String.valueOf(from.about().get(RESULTS)));
    }

    /** A value of a setting as checkpoints have it: paths are absolute. */
    public static String comparable(String name, String value, Configuration conf) throws IOException {
        return PATHS.contains(name) ? absolute(value, conf) : value;
    }

    /**
     * What the table of epochs has of the run.
     *
     * @param epochs how many
     * @param attempts how many they took
     */
    record WrittenEpochs(int epochs, int attempts) {
        static WrittenEpochs of(RunContext context, String runId) throws IOException {
            int epochs = 0;
            int attempts = 0;
            TableReader reader =
                    new TableReader(context.results(), context.spark().hadoopConfiguration());
            for (EpochRow row : reader.rows(Table.EPOCHS, runId)) {
                epochs = Math.max(epochs, row.epoch() + 1);
                attempts = Math.max(attempts, row.attempt() + 1);
            }
            return new WrittenEpochs(epochs, attempts);
        }
    }

    /** What the training goes on with. */
    Checkpoint checkpoint(ModelSpec modelSpec, WrittenEpochs before) {
        if (from == null) {
            Snapshot initial = Snapshot.initial(modelSpec.initialParameters());
            return new Checkpoint(initial, List.of(), List.of(), before.attempts, Map.of());
        }
        int attempts = Math.max(from.attempts(), before.attempts);
        return new Checkpoint(from.snapshot(), from.errors(), from.unwritten(), attempts, from.about());
    }

    /**
     * Checks that the rows and the encoder are those of the checkpoint.
     *
     * @throws BadInputException if they are not
     */
    void requireSame(RunContext context, ModelSpec modelSpec) {
        if (from == null) {
            return;
        }
        if (!Objects.equals(
                        from.about().get(TRAIN_FINGERPRINT),
                        context.data().train().fingerprint())
                || !Objects.equals(from.about().get(TEST_FINGERPRINT), testFingerprint(context))) {
            throw new BadInputException("the rows are others than those that run " + runId
                    + " was trained on: restore the files, or start a new run");
        }
        if (from.snapshot().parameters().length != modelSpec.settings().layers().parameters()
                || !initialWeights(modelSpec).equals(from.about().get(INITIAL_WEIGHTS))) {
            throw new BadInputException(
                    "run " + runId + " began with other weights than these: has its encoder changed?"
                            + " Restore it, or start a new run");
        }
    }

    private static String testFingerprint(RunContext context) {
        return context.data().test() == null ? null : context.data().test().fingerprint();
    }

    private static String initialWeights(ModelSpec modelSpec) {
        return ModelFolder.sha256(modelSpec.networkParameters(modelSpec.initialParameters()));
    }

    // On a local disk without a scheme, as users write it.
    private static String absolute(String path, Configuration conf) throws IOException {
        Path given = new Path(path);
        Path qualified = given.getFileSystem(conf).makeQualified(given);
        return qualified.toUri().getScheme().equals("file") ? qualified.toUri().getPath() : qualified.toString();
    }
}
