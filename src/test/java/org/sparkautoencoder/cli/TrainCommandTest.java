package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.SampleRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;

/** The command train on small data: what it leaves, and how it ends. */
@Timeout(120)
final class TrainCommandTest {
    @TempDir
    Path folder;

    private Path train;
    private Path test;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        train = Program.csv(folder.resolve("train rows.csv"), 200, 1);
        test = Program.csv(folder.resolve("test rows.csv"), 60, 2);
        out = folder.resolve("the results");
    }

    @Test
    void train_smallData_leavesTablesModelAndSummary() throws IOException {
        Program.Outcome outcome =
                train("local[2]", "--run-id", "small", "--epochs", "12", "--no-early-stop", "--hidden", "8,6");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("denoising 36-8-6-36", "200 rows to train on, 60 to test on", "epoch   0 of 12")
                .contains("finished after 12 epochs", "models/small", "run_id=small");

        List<RunRow> runs = Program.rows(Table.RUNS, out, "small");
        assertThat(runs).hasSize(1);
        RunRow run = runs.get(0);
        assertThat(run.state().status()).isEqualTo(Status.FINISHED);
        assertThat(run.training().layers()).containsExactly(36, 8, 6, 36);
        assertThat(run.state().endTime()).isAfter(run.state().startTime());
        assertThat(run.weightsSha256()).hasSize(64);
        assertThat(run.settings()).contains("epochs=12\n", "hidden=8,6\n", "learning-rate=0.01\n");
        assertThat(run.fingerprints().trainFingerprint())
                .hasSize(32)
                .isNotEqualTo(run.fingerprints().testFingerprint());

        List<EpochRow> epochs = Program.rows(Table.EPOCHS, out, "small");
        assertThat(epochs).hasSize(12);
        assertThat(epochs)
                .filteredOn(epoch -> epoch.errors().testError() != null)
                .hasSize(3); // 0, 10 and the last
        assertThat(epochs)
                .allMatch(epoch ->
                        epoch.errors().trainError() > 0 && epoch.duration().seconds() > 0);

        List<DigitErrorRow> errors = Program.rows(Table.DIGIT_ERRORS, out, "small");
        assertThat(errors).hasSize(2 * 2 * 2 * 11);
        assertThat(errors)
                .filteredOn(row -> row.digit() == null
                        && row.split().equals("test")
                        && row.input().equals("noised")
                        && !row.thresholded())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.n()).isEqualTo(60);
                    assertThat(row.meanError())
                            .isCloseTo(epochs.get(11).errors().testError(), within(1e-12));
                });

        List<SampleRow> samples = Program.rows(Table.SAMPLES, out, "small");
        assertThat(samples).hasSize(24).allMatch(sample -> sample.width() == 6 && sample.pixels().length == 36);
        assertThat(samples)
                .filteredOn(sample -> sample.view().equals("decoded"))
                .as("the network's output, which is not thresholded")
                .hasSize(8)
                .allSatisfy(sample -> assertThat(sample.pixels()).doesNotContain(0f, 1f))
                .allSatisfy(sample -> assertThat(sample.error()).isCloseTo(error(sample, samples), within(1e-9)));
        assertThat(Program.rows(Table.FEATURES, out, "small")).hasSize(8);
        assertThat(out.resolve("models/small")).isDirectoryContaining("glob:**model.safetensors");
        assertThat(Files.readString(out.resolve("models/small/model.json")))
                .contains(run.weightsSha256(), "\"relu\"", "\"sigmoid\"");
    }

    @Test
    void train_learningRateAndMomentum_areStoredAsWritten() throws Exception {
        assertThat(train("local[1]", "--run-id", "small", "--epochs", "1", "--learning-rate", "0.0003")
                        .exitCode())
                .isZero();
        assertThat(count("SELECT count(*) FROM read_parquet('" + out + "/runs/*/*.parquet')"
                        + " WHERE learning_rate = 0.0003::DOUBLE AND momentum = 0.9::DOUBLE"))
                .isEqualTo(1);
        assertThat(Program.rows(Table.RUNS, out, "small").get(0).settings())
                .contains("learning-rate=0.0003\n", "momentum=0.9\n");
        assertThat(Files.readString(out.resolve("models/small/model.json")))
                .contains("\"learning-rate\" : \"0.0003\"", "\"momentum\" : \"0.9\"");
    }

    @Test
    void train_coresAndFiles_sameBits() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        List<String> lines = Files.readAllLines(train);
        for (int part = 0; part < 3; part++) {
            List<String> some = new ArrayList<>(List.of(lines.get(0)));
            some.addAll(lines.subList(1 + part * 66, part == 2 ? lines.size() : 1 + (part + 1) * 66));
            Files.write(parts.resolve("part-" + part + ".csv"), some);
        }
        List<String> weights = new ArrayList<>();
        for (String master : List.of("local[1]", "local[2]", "local[4]")) {
            String id = "cores" + weights.size();
            String source = master.equals("local[2]") ? parts.toString() : train.toString();
            assertThat(run(master, source, "--run-id", id, "--epochs", "3", "--shards", "4"))
                    .isZero();
            weights.add(Program.rows(Table.RUNS, out, id).get(0).weightsSha256());
        }
        assertThat(weights).containsOnly(weights.get(0));
        assertThat(run("local[2]", train.toString(), "--run-id", "seed", "--epochs", "3", "--seed", "2"))
                .isZero();
        assertThat(Program.rows(Table.RUNS, out, "seed").get(0).weightsSha256()).isNotEqualTo(weights.get(0));
    }

    @Test
    void train_whileItRuns_duckDbReadsItsEpochs() throws Exception {
        CompletableFuture<Integer> training = CompletableFuture.supplyAsync(
                () -> train("local[2]", "--run-id", "live", "--epochs", "4000", "--no-early-stop")
                        .exitCode());
        List<Long> counts = new ArrayList<>();
        boolean running = false;
        while (!training.isDone()) {
            if (Files.exists(out.resolve("epochs/run_id=live/part-00000.parquet"))) {
                counts.add(count("SELECT count(*) FROM read_parquet('" + out + "/epochs/*/*.parquet')"));
                running |= count("SELECT count(*) FROM read_parquet('" + out
                                + "/runs/*/*.parquet') WHERE status = 'running' AND run_id = 'live'")
                        == 1;
            }
            Thread.sleep(50);
        }
        assertThat(training.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(running).isTrue();
        assertThat(counts).isSorted().anyMatch(n -> n > 0 && n < 4000);
        assertThat(count("SELECT count(*) FROM read_parquet('" + out + "/epochs/*/*.parquet')"))
                .isEqualTo(4000);
    }

    @Test
    void train_autoencoderWithoutTest_leavesCleanErrorsOnly() throws IOException {
        int code = Program.run(
                        "local[1]",
                        "train",
                        "--train",
                        train.toString(),
                        "--out",
                        out.toString(),
                        "--model",
                        "autoencoder",
                        "--run-id",
                        "clean",
                        "--epochs",
                        "2")
                .exitCode();
        assertThat(code).isZero();
        assertThat(Program.rows(Table.DIGIT_ERRORS, out, "clean"))
                .hasSize(22)
                .allMatch(row -> row.input().equals("clean") && row.split().equals("train"));
        assertThat(Program.rows(Table.EPOCHS, out, "clean"))
                .allMatch(epoch -> epoch.errors().testError() == null);
        assertThat(Program.rows(Table.RUNS, out, "clean")
                        .get(0)
                        .training()
                        .noise()
                        .noiseZero())
                .isNull();
    }

    @Test
    void train_lossNotFinite_exits4AndKeepsWhatWasMeasured() throws IOException {
        Program.Outcome outcome =
                train("local[2]", "--run-id", "wild", "--learning-rate", "1e30", "--hidden", "12,12,12");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.DIVERGED);
        assertThat(outcome.out()).contains("diverged after", "lower --learning-rate");
        assertThat(Program.rows(Table.RUNS, out, "wild").get(0).state().status())
                .isEqualTo(Status.DIVERGED);
        List<EpochRow> epochs = Program.rows(Table.EPOCHS, out, "wild");
        assertThat(epochs.get(epochs.size() - 1).diverged()).isTrue();
        assertThat(epochs.get(epochs.size() - 1).errors().trainError()).isNull();
        assertThat(out.resolve("models/wild")).doesNotExist();
    }

    @Test
    void train_existingRunId_exits3AndChangesNothing() throws IOException {
        assertThat(train("local[1]", "--run-id", "twice", "--epochs", "1").exitCode())
                .isZero();
        List<RunRow> before = Program.rows(Table.RUNS, out, "twice");
        assertThat(train("local[1]", "--run-id", "twice", "--epochs", "2").exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Program.rows(Table.RUNS, out, "twice")).isEqualTo(before);
        assertThat(Program.rows(Table.EPOCHS, out, "twice")).hasSize(1);
    }

    @Test
    void train_wrongUsage_exits2() throws IOException {
        assertThat(train("local[1]", "--batch-size", "201").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "--epochs", "0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "--epochs", "many").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "--shards", "33").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "--noise-zero", "0.9", "--noise-one", "0.2")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "--layers", "35,8,35").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "--no-such-option").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "--run-id", "9lives").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(out).doesNotExist();
    }

    @Test
    void train_badInput_exits3() throws IOException {
        Files.writeString(train, Files.readString(train).replaceFirst("0\\.8", "nonsense"));
        assertThat(train("local[1]").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run("local[1]", folder.resolve("absent.csv").toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(out).doesNotExist();
    }

    @Test
    void train_configFile_winsOverDefaultsAndLosesToOptions() throws IOException {
        Path config = Files.writeString(folder.resolve("my.properties"), "epochs=3\nbatch-size=50\nseed=9\n");
        assertThat(train("local[1]", "--run-id", "configured", "--config", config.toString(), "--seed", "5")
                        .exitCode())
                .isZero();
        RunRow run = Program.rows(Table.RUNS, out, "configured").get(0);
        assertThat(run.training().epochs()).isEqualTo(3);
        assertThat(run.training().batchSize()).isEqualTo(50);
        assertThat(run.training().seed()).isEqualTo(5);
        Files.writeString(config, "epoch=3\n");
        assertThat(train("local[1]", "--config", config.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private Program.Outcome train(String master, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--train", train.toString(), "--test", test.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return Program.run(master, arguments.toArray(new String[0]));
    }

    private int run(String master, String source, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--train", source, "--test", test.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return Program.run(master, arguments.toArray(new String[0])).exitCode();
    }

    private static double error(SampleRow sample, List<SampleRow> samples) {
        float[] truth = samples.stream()
                .filter(other -> other.rowId() == sample.rowId() && other.view().equals("true"))
                .findFirst()
                .orElseThrow()
                .pixels();
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double difference = sample.pixels()[i] - truth[i];
            sum += difference * difference;
        }
        return sum / truth.length;
    }

    private static long count(String sql) throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
