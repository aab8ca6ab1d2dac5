package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultTablesTest {
    private final Configuration conf = new Configuration();

    @TempDir
    private java.nio.file.Path folder;

    private Path out;

    @BeforeEach
    void chooseFolder() {
        out = new Path(folder.resolve("with a space").toUri());
    }

    /** An epoch as a later version writes it. */
    @SuppressWarnings("ArrayRecordComponent")
    record LaterEpochRow(
            String model,
            int epoch,
            int attempt,
            Double trainError,
            Double testError,
            double seconds,
            Double rowsPerSecond,
            boolean diverged,
            Double laterSeconds,
            List<Integer> rowsOfShards,
            float[] histogram,
            Status status) {}

    /** An epoch as an engine writes it that makes every column nullable, in another order. */
    record NullableEpochRow(
            Boolean diverged, Double seconds, Integer attempt, Integer epoch, String model, Double trainError) {}

    /** A table whose column has another type than the epochs'. */
    record OddEpochRow(String model, String epoch) {}

    @Test
    void append_everyTable_readsBackTheSame() throws IOException {
        SomeRows.write(out, "run-1");
        TableReader reader = new TableReader(out, conf);

        RunRow run = SomeRows.run(Status.RUNNING);
        assertThat(reader.rows(Table.RUNS, "run-1"))
                .containsExactly(
                        run.ended(Status.FINISHED, run.state().startTime().plusSeconds(20), "ab12", null));
        assertThat(reader.rows(Table.EPOCHS, "run-1"))
                .isEqualTo(IntStream.range(0, 11).mapToObj(SomeRows::epoch).toList());
        assertThat(reader.rows(Table.DIGIT_ERRORS, "run-1"))
                .containsExactly(SomeRows.digitError(null), SomeRows.digitError(1), SomeRows.digitError(8));
        assertThat(reader.rows(Table.CONFUSION, "run-1"))
                .contains(SomeRows.confusion(1, 7, 3))
                .hasSize(3);
        assertThat(reader.rows(Table.SCORES, "run-1")).containsExactly(SomeRows.score(null), SomeRows.score(1));
        assertThat(reader.rows(Table.SAMPLES, "run-1"))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(SomeRows.sample());
        assertThat(reader.rows(Table.FEATURES, "run-1"))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(SomeRows.feature());
        assertThat(reader.rows(Table.TRIALS, "sweep-of-run-1")).containsExactly(SomeRows.trial(0, Status.FINISHED));
        assertThat(reader.runIds()).containsExactly("run-1");
        assertThat(reader.rows(Table.EPOCHS, "no-such-run")).isEmpty();
        assertThat(new TableReader(new Path(out, "absent"), conf).runIds()).isEmpty();
    }

    @Test
    void append_localDisk_leavesNothingButParts() throws IOException {
        SomeRows.write(out, "run-1");
        assertThat(files()).allMatch(name -> name.matches("part-\\d{5}\\.parquet"));
    }

    @Test
    void append_notANumber_isNull() throws IOException {
        ResultTables tables = ResultTables.create(out, conf, "diverged", SomeRows.run(Status.RUNNING));
        tables.append(
                Table.EPOCHS,
                List.of(new EpochRow(
                        "autoencoder",
                        0,
                        0,
                        new EpochRow.Errors(Double.NaN, Double.NEGATIVE_INFINITY),
                        new EpochRow.Duration(0, Double.POSITIVE_INFINITY),
                        true,
                        new EpochRow.Losses(Double.NaN, null),
                        EpochRow.Times.NOT_MEASURED,
                        null)));
        tables.append(Table.FEATURES, List.of(new FeatureRow("autoencoder", 0, 1, 2, Double.NaN, new float[] {
            1, Float.NaN
        })));
        TableReader reader = new TableReader(out, conf);
        assertThat(reader.rows(Table.EPOCHS, "diverged")).containsExactly(epoch(0, null, 0, null, true));
        assertThat(reader.rows(Table.FEATURES, "diverged"))
                .containsExactly(new FeatureRow("autoencoder", 0, 1, 2, null, null));
    }

    @Test
    void create_runThatAnyTableHas_isRefused() throws IOException {
        SomeRows.write(out, "run-1");
        List<String> before = files();
        assertThatThrownBy(() -> ResultTables.create(out, conf, "run-1", SomeRows.run(Status.RUNNING)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("runs/run_id=run-1: run 'run-1' exists already; choose another");
        assertThatThrownBy(() -> ResultTables.create(out, conf, "sweep-of-run-1", SomeRows.run(Status.RUNNING)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("trials/run_id=sweep-of-run-1");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void create_whereNothingCanBeWritten_saysSo_andNotThatTheRunExists() throws IOException {
        java.nio.file.Path file = Files.createFile(folder.resolve("file"));
        Path below = new Path(file.resolve("results").toUri());
        assertThatThrownBy(() -> ResultTables.create(below, conf, "run-1", SomeRows.run(Status.RUNNING)))
                .isInstanceOf(FileSystemException.class)
                .isNotInstanceOf(FileAlreadyExistsException.class)
                .hasMessageEndingWith("Not a directory");
        Files.createDirectories(folder.resolve("results"));
        Files.createFile(folder.resolve("results/runs"));
        Path taken = new Path(folder.resolve("results").toUri());
        assertThatThrownBy(() -> ResultTables.create(taken, conf, "run-1", SomeRows.run(Status.RUNNING)))
                .hasMessageNotContaining("run 'run-1' exists");
    }

    @Test
    void create_sameIdAtTheSameTime_oneGoesOn() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> wins = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                wins.add(pool.submit(() -> {
                    start.await();
                    try {
                        ResultTables.create(out, conf, "wanted", SomeRows.run(Status.RUNNING));
                        return true;
                    } catch (FileAlreadyExistsException e) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int won = 0;
            for (Future<Boolean> win : wins) {
                won += win.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void reopen_goesOnAfterTheLastPart() throws IOException {
        SomeRows.write(out, "run-1");
        ResultTables tables = ResultTables.reopen(out, conf, "run-1");
        tables.append(Table.EPOCHS, List.of(SomeRows.epoch(11), SomeRows.epoch(12)));
        tables.putRun(SomeRows.run(Status.KILLED));
        TableReader reader = new TableReader(out, conf);
        assertThat(reader.rows(Table.EPOCHS, "run-1"))
                .isEqualTo(IntStream.range(0, 13).mapToObj(SomeRows::epoch).toList());
        assertThat(reader.rows(Table.RUNS, "run-1")).containsExactly(SomeRows.run(Status.KILLED));
        assertThatThrownBy(() -> ResultTables.reopen(out, conf, "run-2"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no table has a run 'run-2' to go on with");
    }

    @Test
    void put_afterAppend_isRefused() throws IOException {
        SomeRows.write(out, "run-1");
        ResultTables tables = ResultTables.reopen(out, conf, "run-1");
        assertThatThrownBy(() -> tables.put(Table.EPOCHS, List.of(SomeRows.epoch(0))))
                .hasMessageContaining("cannot be replaced");
        assertThatThrownBy(() -> tables.append(Table.RUNS, List.of(SomeRows.run(Status.FAILED))))
                .hasMessageContaining("one row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "2026-03-29", "_run", ".run", "a/b", "a b", "a=b", "é", "NaN", "Infinity"})
    void create_badRunId_isRefused(String runId) {
        assertThatThrownBy(() -> ResultTables.create(out, conf, runId, SomeRows.run(Status.RUNNING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got '" + runId + "'");
        assertThatThrownBy(() -> RunFolder.checkRunId("a".repeat(101))).hasMessageContaining("up to 99");
        RunFolder.checkRunId("a".repeat(100));
    }

    @Test
    void append_failsInTheMiddle_leavesNothing() throws IOException {
        ResultTables tables = ResultTables.create(out, conf, "run-1", SomeRows.run(Status.RUNNING));
        List<EpochRow> rows = new ArrayList<>(Collections.nCopies(1000, SomeRows.epoch(0)));
        rows.add(null);
        assertThatThrownBy(() -> tables.append(Table.EPOCHS, rows)).isInstanceOf(RuntimeException.class);
        assertThat(files()).containsExactly("part-00000.parquet");
    }

    @Test
    void append_writerKilledInTheMiddle_leavesNoPartAndTheRunCanGoOn() throws Exception {
        Process writer = new ProcessBuilder(
                        java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingWriter.class.getName(),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(writer.waitFor()).as(() -> read(folder.resolve("log"))).isEqualTo(DyingWriter.EXIT_CODE);
        assertThat(folder.resolve("with a space/.writing")).isDirectoryContaining("glob:**part-00001.parquet");

        TableReader reader = new TableReader(out, conf);
        assertThat(reader.rows(Table.EPOCHS, "dies")).containsExactly(SomeRows.epoch(0));
        ResultTables.reopen(out, conf, "dies").append(Table.EPOCHS, List.of(SomeRows.epoch(1)));
        assertThat(reader.rows(Table.EPOCHS, "dies")).containsExactly(SomeRows.epoch(0), SomeRows.epoch(1));
        assertThat(folder.resolve("with a space/.writing")).isEmptyDirectory();
    }

    @Test
    void putRun_whileOthersRead_theySeeOneRowOrTheOther() throws Exception {
        ResultTables tables = ResultTables.create(out, conf, "run-1", SomeRows.run(Status.RUNNING));
        TableReader reader = new TableReader(out, conf);
        RunRow longer = SomeRows.run(Status.RUNNING)
                .ended(Status.FAILED, SomeRows.run(Status.RUNNING).state().startTime(), null, "why ".repeat(500));
        Callable<Void> replace = () -> {
            for (int i = 0; i < 60; i++) {
                tables.putRun(i % 2 == 0 ? longer : SomeRows.run(Status.RUNNING));
            }
            return null;
        };
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Void> writer = pool.submit(replace);
            int reads = 0;
            while (!writer.isDone()) {
                assertThat(reader.rows(Table.RUNS, "run-1")).hasSize(1);
                reads++;
            }
            writer.get();
            assertThat(reads).isPositive();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void rows_filesOfOtherVersions_areRead() throws IOException {
        Table<LaterEpochRow> later = new Table<>("epochs", LaterEpochRow.class);
        ResultTables tables = ResultTables.create(out, conf, "run-1", SomeRows.run(Status.RUNNING));
        tables.append(Table.EPOCHS, List.of(SomeRows.epoch(0)));
        tables.append(
                later,
                List.of(new LaterEpochRow(
                        "autoencoder",
                        1,
                        0,
                        0.035,
                        null,
                        0.5,
                        8000.0,
                        false,
                        0.25,
                        List.of(16, 16),
                        new float[0],
                        Status.RUNNING)));
        TableReader reader = new TableReader(out, conf);
        assertThat(reader.rows(Table.EPOCHS, "run-1"))
                .containsExactly(SomeRows.epoch(0), epoch(1, 0.035, 0.5, 8000.0, false));
        List<LaterEpochRow> rows = reader.rows(later, "run-1");
        assertThat(rows.get(0).laterSeconds()).isNull();
        assertThat(rows.get(0).rowsOfShards()).isNull();
        assertThat(rows.get(1).laterSeconds()).isEqualTo(0.25);
        assertThat(rows.get(1).rowsOfShards()).containsExactly(16, 16);
        assertThat(rows.get(1).histogram()).isEmpty();
        assertThat(rows.get(1).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void rows_filesOfOtherEngines_areRead() throws IOException {
        ResultTables tables = ResultTables.create(out, conf, "run-1", SomeRows.run(Status.RUNNING));
        tables.append(
                new Table<>("epochs", NullableEpochRow.class),
                List.of(new NullableEpochRow(false, 0.5, 0, 3, "autoencoder", 0.1)));
        assertThat(new TableReader(out, conf).rows(Table.EPOCHS, "run-1"))
                .containsExactly(epoch(3, 0.1, 0.5, null, false));
    }

    @Test
    void rows_foreignFile_isRefusedByName() throws IOException {
        ResultTables tables = ResultTables.create(out, conf, "run-1", SomeRows.run(Status.RUNNING));
        tables.append(new Table<>("epochs", OddEpochRow.class), List.of(new OddEpochRow("autoencoder", "one")));
        TableReader reader = new TableReader(out, conf);
        assertThatThrownBy(() -> reader.rows(Table.EPOCHS, "run-1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run_id=run-1/part-00000.parquet as rows of epochs")
                .hasMessageContaining("column epoch is");
        java.nio.file.Path notParquet = folder.resolve("with a space/samples/run_id=run-1/part-00000.parquet");
        Files.createDirectories(notParquet.getParent());
        Files.writeString(notParquet, "no parquet, but long enough to be some");
        assertThatThrownBy(() -> reader.rows(Table.SAMPLES, "run-1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run_id=run-1/part-00000.parquet");
    }

    @Test
    void create_fileSystemOtherThanTheLocalDisk_works() throws IOException {
        Configuration mounted = new Configuration();
        mounted.set("fs.viewfs.mounttable.tables.link./out", folder.toUri().toString());
        Path there = new Path("viewfs://tables/out");
        ResultTables tables = ResultTables.create(there, mounted, "run-1", SomeRows.run(Status.RUNNING));
        tables.append(Table.EPOCHS, List.of(SomeRows.epoch(0)));
        tables.append(Table.EPOCHS, List.of(SomeRows.epoch(1)));
        tables.putRun(SomeRows.run(Status.FAILED));
        TableReader reader = new TableReader(there, mounted);
        assertThat(reader.rows(Table.RUNS, "run-1")).containsExactly(SomeRows.run(Status.FAILED));
        assertThat(reader.rows(Table.EPOCHS, "run-1")).containsExactly(SomeRows.epoch(0), SomeRows.epoch(1));
        assertThatThrownBy(() -> ResultTables.create(there, mounted, "run-1", SomeRows.run(Status.RUNNING)))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    private List<String> files() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(java.nio.file.Path.of(out.toUri()))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String read(java.nio.file.Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static EpochRow epoch(
            int epoch, Double trainError, double seconds, Double rowsPerSecond, boolean diverged) {
        return new EpochRow(
                "autoencoder",
                epoch,
                0,
                new EpochRow.Errors(trainError, null),
                new EpochRow.Duration(seconds, rowsPerSecond),
                diverged,
                EpochRow.Losses.UNKNOWN,
                EpochRow.Times.NOT_MEASURED,
                null);
    }
}
