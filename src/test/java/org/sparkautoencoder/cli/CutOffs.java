package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.results.TrialRow;

/** Trainings and sweeps of a small problem that are cut off and resumed, and what they leave. */
final class CutOffs {
    private static final long LIMIT_NANOS = 300_000_000_000L;

    private static final Set<Status> ENDED = Set.of(Status.FINISHED, Status.STOPPED_EARLY);

    private final Path folder;
    private final Path out;
    private final List<String> common;
    private int starts;

    CutOffs(Path folder) throws IOException {
        this.folder = folder;
        this.out = folder.resolve("results");
        this.common = List.of(
                "--train=" + Program.csv(folder.resolve("train.csv"), 1200, 1),
                "--test=" + Program.csv(folder.resolve("test.csv"), 100, 2),
                "--out=" + out,
                "--progress=none",
                "--hidden=320",
                "--batch-size=600", // two executors are faster than one
                "--shards=4",
                "--encoding=dense",
                "--no-early-stop",
                "--checkpoint-every=1");
    }

    Path out() {
        return out;
    }

    /** The command of a new run. */
    String[] train(String id, int epochs) {
        return command("train", "--run-id=" + id, "--epochs=" + epochs, "--learning-rate=0.05");
    }

    /** The command that goes on with a run. */
    String[] resume(String id) {
        return new String[] {"train", "--out=" + out, "--progress=none", "--resume=" + id};
    }

    /** The command of a sweep, the same each time. */
    String[] sweep(String id, int epochs) {
        return command(
                "sweep",
                "--sweep-id=" + id,
                "--epochs=" + epochs,
                "--halving",
                "--workers=1",
                "--grid",
                "learning-rate=0.1,0.02,0.005");
    }

    private String[] command(String name, String... own) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(common);
        all.addAll(List.of(own));
        return all.toArray(String[]::new);
    }

    Driver start(SparkConf conf, String... arguments) {
        return Driver.start(conf, folder.resolve("driver-" + starts++ + ".log"), arguments);
    }

    /** Waits until a run has written a checkpoint since the last one that was seen, or its driver has ended. */
    void awaitCheckpoint(Driver driver, String id, int last) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (driver.isAlive() && newest(id) <= last) {
            assertThat(System.nanoTime() - begin).as(driver.log()).isLessThan(LIMIT_NANOS);
            Thread.sleep(5);
        }
    }

    /** Whether any run whose id begins so has a checkpoint. */
    boolean hasCheckpoint(String id) throws IOException {
        return newest(id) > 0;
    }

    /** After how many epochs the newest checkpoint of a run was written; 0 if it has none. */
    int newest(String id) throws IOException {
        return checkpoints(id).stream()
                .mapToInt(file -> Integer.parseInt(file.getFileName().toString().substring(6, 14)))
                .max()
                .orElse(0);
    }

    private List<Path> checkpoints(String id) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path run : list(out.resolve("checkpoints"))) {
            if (run.getFileName().toString().startsWith(id)) {
                list(run).stream()
                        .filter(file -> file.getFileName().toString().startsWith("epoch-"))
                        .forEach(all::add);
            }
        }
        return all;
    }

    /** Cuts the end off the newest checkpoint of a run, if it has two. */
    void damageNewest(String id) throws IOException {
        List<Path> files = checkpoints(id).stream().sorted().toList();
        if (files.size() > 1) {
            Path newest = files.get(files.size() - 1);
            byte[] bytes = Files.readAllBytes(newest);
            Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
        }
    }

    // Files come and go meanwhile.
    private static List<Path> list(Path folder) throws IOException {
        String[] names = folder.toFile().list();
        return names == null ? List.of() : Stream.of(names).map(folder::resolve).toList();
    }

    RunRow run(String id) throws IOException {
        return Program.rows(Table.RUNS, out, id).get(0);
    }

    /** Whether a run has come to its end by itself. */
    boolean hasEnded(String id) throws IOException {
        return hasRun(id) && ENDED.contains(run(id).state().status());
    }

    /** Whether all trials of a sweep have. */
    boolean hasSweepEnded(String id) throws IOException {
        return !trials(id).isEmpty() && trials(id).stream().allMatch(row -> ENDED.contains(row.status()));
    }

    private boolean hasRun(String id) throws IOException {
        return !Program.rows(Table.RUNS, out, id).isEmpty();
    }

    List<TrialRow> trials(String sweepId) throws IOException {
        return Program.rows(Table.TRIALS, out, sweepId);
    }

    /** Of each trial what must not depend on faults. */
    List<String> trialResults(String sweepId) throws IOException {
        List<String> all = new ArrayList<>();
        for (TrialRow row : trials(sweepId)) {
            all.add(row.trial() + " " + row.status() + " " + row.comparison().decision() + " "
                    + row.comparison().objectiveValue() + " "
                    + run(row.trialRunId()).weightsSha256());
        }
        return all;
    }

    /** Checks that all files in the tables are whole. */
    void requireReadable() throws IOException {
        TableReader reader = new TableReader(new org.apache.hadoop.fs.Path(out.toUri()), new Configuration());
        for (Table<?> table : Table.ALL) {
            for (String id : reader.runIds(table)) {
                reader.rows(table, id);
                assertThat(list(out.resolve(table.name()).resolve("run_id=" + id)))
                        .allMatch(file -> file.getFileName().toString().endsWith(".parquet"));
            }
        }
    }

    /** Checks that a run that was cut off has left the same as one that was not. */
    void requireSame(String id, String undisturbed) throws IOException {
        requireReadable();
        assertThat(run(id).weightsSha256()).as(id).isEqualTo(run(undisturbed).weightsSha256());
        assertThat(run(id).state().status()).isEqualTo(run(undisturbed).state().status());
        assertThat(errors(id)).isEqualTo(errors(undisturbed));
        for (Table<? extends Record> table : List.of(Table.DIGIT_ERRORS, Table.SAMPLES, Table.FEATURES)) {
            assertThat(new ArrayList<Record>(Program.rows(table, out, id)))
                    .usingRecursiveFieldByFieldElementComparator() // of arrays too
                    .as(table.name())
                    .isNotEmpty()
                    .isEqualTo(new ArrayList<Record>(Program.rows(table, out, undisturbed)));
        }
    }

    /** Checks that nothing is left of what only a run in progress needs. */
    void requireTidy(String id) throws IOException {
        assertThat(checkpoints(id)).isEmpty();
        assertThat(list(out.resolve("heartbeats")).stream()
                        .map(file -> file.getFileName().toString()))
                .noneMatch(name -> name.startsWith(id));
        assertThat(list(out.resolve("models")).stream()
                        .map(file -> file.getFileName().toString()))
                .as("files that were being written")
                .noneMatch(name -> name.startsWith("." + id));
    }

    // Where an epoch was trained twice, both must be the same.
    private Map<Integer, EpochRow.Errors> errors(String id) throws IOException {
        Map<Integer, EpochRow.Errors> errors = new TreeMap<>();
        for (EpochRow row : Program.rows(Table.EPOCHS, out, id)) {
            EpochRow.Errors before = errors.put(row.epoch(), row.errors());
            assertThat(before == null || before.equals(row.errors()))
                    .as("epoch %d", row.epoch())
                    .isTrue();
        }
        return errors;
    }
}
