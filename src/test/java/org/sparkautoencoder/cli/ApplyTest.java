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
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.Table;

/** Saved models, applied to rows: evaluate, denoise and predict. */
@Timeout(120)
final class ApplyTest {
    @TempDir
    static Path folder;

    private static Path test;
    private static Path out;

    @BeforeAll
    static void trainModels() throws IOException {
        Path train = Program.csv(folder.resolve("train.csv"), 200, 1);
        test = Program.csv(folder.resolve("test.csv"), 60, 2);
        out = folder.resolve("out");
        String[] common = {"train", "--train", train.toString(), "--test", test.toString(), "--out", out.toString()};
        assertThat(run(common, "--run-id", "dae", "--epochs", "20", "--learning-rate", "0.05"))
                .isZero();
        assertThat(run(
                        common,
                        "--run-id",
                        "classes",
                        "--model",
                        "classifier",
                        "--encoder",
                        model("dae"),
                        "--epochs",
                        "20",
                        "--learning-rate",
                        "0.1"))
                .isZero();
    }

    @Test
    void evaluate_autoencoder_printsTheErrorsOfItsTraining() throws IOException {
        Program.Outcome outcome =
                Program.run("local[2]", "evaluate", "--model", model("dae"), "--test", test.toString());
        assertThat(outcome.exitCode()).isZero();
        for (String input : List.of("noised", "clean")) {
            for (boolean thresholded : new boolean[] {false, true}) {
                double expected = testError("dae", input, thresholded);
                assertThat(outcome.out()).contains(String.format(Locale.ROOT, "%.5f", expected));
            }
        }
    }

    @Test
    void evaluateAndPredict_classifier_countTheConfusionOfItsTraining() throws Exception {
        Program.Outcome outcome =
                Program.run("local[2]", "evaluate", "--model", model("classes"), "--test", test.toString());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("accuracy", "test, thresholded: rows are true labels");
        Path predicted = folder.resolve("predicted");
        assertThat(run(
                        new String[] {"predict", "--model", model("classes")},
                        "--input",
                        test.toString(),
                        "--out",
                        predicted.toString()))
                .isZero();
        for (ConfusionRow row : Program.rows(Table.CONFUSION, out, "classes")) {
            if (row.split().equals("test")) {
                String column = row.thresholded() ? "predicted_thresholded" : "predicted";
                assertThat(number("SELECT count(*) FROM '" + predicted + "/*.parquet' WHERE label = " + row.trueDigit()
                                + " AND " + column + " = " + row.predictedDigit()))
                        .isEqualTo(row.n());
            }
        }
        assertThat(number("SELECT min(len(scores)) FROM '" + predicted + "/*.parquet'"))
                .isEqualTo(10);
    }

    @Test
    void denoise_manyFilesAndPartitions_keepsOrderAndErrors() throws Exception {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        List<String> lines = Files.readAllLines(test);
        for (int part = 0; part < 3; part++) {
            List<String> some = new ArrayList<>(List.of(lines.get(0)));
            some.addAll(lines.subList(1 + 20 * part, 21 + 20 * part));
            Files.write(parts.resolve("part-" + part + ".csv"), some);
        }
        for (String master : List.of("local[1]", "local[4]")) {
            Path denoised = folder.resolve("denoised-" + master.charAt(6));
            assertThat(Program.run(
                                    master,
                                    "denoise",
                                    "--model",
                                    model("dae"),
                                    "--input",
                                    parts.toString(),
                                    "--out",
                                    denoised.toString())
                            .exitCode())
                    .isZero();
            assertThat(number("SELECT count(*) FROM '" + denoised + "/*.parquet'"))
                    .isEqualTo(60);
            // Files in the order of their names hold the rows in the order of their ids.
            assertThat(number("SELECT count(*) FROM (SELECT row_id, row_number() OVER () - 1 AS place FROM '" + denoised
                            + "/*.parquet') WHERE row_id = place"))
                    .isEqualTo(60);
        }
        assertThat(number("SELECT count(*) FROM '" + folder + "/denoised-1/*.parquet' a JOIN '" + folder
                        + "/denoised-4/*.parquet' b USING (row_id) WHERE a.pixels = b.pixels AND a.error = b.error"
                        + " AND a.label = b.label"))
                .isEqualTo(60);
        assertThat(value("SELECT avg(error) FROM '" + folder + "/denoised-1/*.parquet'"))
                .isCloseTo(testError("dae", "clean", false), within(1e-6));
    }

    @Test
    void denoise_csv_isADataSetAgain() throws Exception {
        Path denoised = folder.resolve("denoised-csv");
        String[] command = {"denoise", "--model", model("dae"), "--format", "csv", "--input"};
        assertThat(run(command, test.toString(), "--out", denoised.toString())).isZero();
        List<String> lines = new ArrayList<>();
        for (int part = 0; Files.exists(denoised.resolve("part-0000" + part + ".csv")); part++) {
            List<String> some = Files.readAllLines(denoised.resolve("part-0000" + part + ".csv"));
            assertThat(some.get(0)).startsWith("row_id,error,0,1,").endsWith(",35,label");
            lines.addAll(some.subList(1, some.size()));
        }
        assertThat(lines).hasSize(60);
        assertThat(lines.get(7)).startsWith("7,").endsWith(",7");
        assertThat(lines.get(7).split(",")).hasSize(39);
        assertThat(run(command, test.toString(), "--out", denoised.toString())).isEqualTo(ExitCode.BAD_INPUT);

        Path parquet = folder.resolve("denoised-parquet");
        Path again = folder.resolve("denoised-again");
        String[] toParquet = {"denoise", "--model", model("dae"), "--input"};
        assertThat(run(toParquet, test.toString(), "--out", parquet.toString())).isZero();
        assertThat(run(toParquet, denoised.toString(), "--out", again.toString()))
                .isZero();
        // The CSV's pixels are the parquet's to the last bit, so that what comes of them is, too.
        Path once = folder.resolve("pixels.csv");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT array_to_string(pixels, ',') || ',' || label FROM '" + parquet + "/*.parquet'")) {
            List<String> copied = new ArrayList<>();
            copied.add(Files.readAllLines(test).get(0));
            while (rows.next()) {
                copied.add(rows.getString(1));
            }
            Files.write(once, copied);
        }
        Path direct = folder.resolve("denoised-direct");
        assertThat(run(toParquet, once.toString(), "--out", direct.toString())).isZero();
        assertThat(number("SELECT count(*) FROM '" + again + "/*.parquet' a JOIN '" + direct
                        + "/*.parquet' b USING (row_id) WHERE a.pixels = b.pixels AND a.label = b.label"))
                .isEqualTo(60);
    }

    @Test
    void evaluate_noise_isTheModelsUnlessGiven() throws IOException {
        String[] train = {
            "train", "--train", test.toString(), "--test", test.toString(), "--out", out.toString(), "--run-id", "half"
        };
        assertThat(run(train, "--epochs", "2", "--noise-zero", "0.7", "--noise-one", "0.2", "--seed", "5"))
                .isZero();
        String noised = String.format(Locale.ROOT, "%.5f", testError("half", "noised", false));
        String[] evaluate = {"evaluate", "--model", model("half"), "--test", test.toString()};
        assertThat(Program.run("local[2]", evaluate).out()).contains(noised);
        List<String> other = new ArrayList<>(List.of(evaluate));
        other.addAll(List.of("--noise-zero", "0", "--noise-one", "0"));
        assertThat(Program.run("local[2]", other.toArray(new String[0])).out()).doesNotContain(noised);
    }

    @Test
    void evaluateAndDenoise_linearOutputs_areThoseOfTheTraining() throws Exception {
        String[] train = {
            "train",
            "--train",
            test.toString(),
            "--test",
            test.toString(),
            "--out",
            out.toString(),
            "--run-id",
            "linear"
        };
        assertThat(run(train, "--output", "linear", "--epochs", "200", "--learning-rate", "0.02", "--no-early-stop"))
                .isZero();
        assertThat(Program.rows(Table.RUNS, out, "linear").get(0).settings()).contains("output=linear\n");
        assertThat(Files.readString(Path.of(model("linear"), "model.json")))
                .contains("\"activations\" : [ \"relu\", \"linear\" ]");
        List<EpochRow> epochs = Program.rows(Table.EPOCHS, out, "linear");
        assertThat(epochs.get(199).errors().testError())
                .isCloseTo(testError("linear", "noised", false), within(1e-12))
                .isLessThan(0.8 * epochs.get(0).errors().testError());

        String[] evaluate = {"evaluate", "--model", model("linear"), "--test", test.toString()};
        assertThat(Program.run("local[2]", evaluate).out())
                .contains(String.format(Locale.ROOT, "%.5f", testError("linear", "noised", false)))
                .contains(String.format(Locale.ROOT, "%.5f", testError("linear", "clean", true)));
        String denoised = folder.resolve("denoised-linear").toString();
        String[] denoise = {"denoise", "--model", model("linear"), "--input", test.toString()};
        assertThat(run(denoise, "--out", denoised)).isZero();
        assertThat(value("SELECT avg(error) FROM '" + denoised + "/*.parquet'"))
                .isCloseTo(testError("linear", "clean", false), within(1e-6));
        assertThat(number("SELECT count(*) FROM (SELECT unnest(pixels) AS pixel FROM '" + denoised
                        + "/*.parquet') WHERE pixel < 0"))
                .isPositive();
    }

    @Test
    void commands_wrongModelOrWidth_exit3() throws IOException {
        String[] to = {
            "--input", test.toString(), "--out", folder.resolve("never").toString()
        };
        assertThat(run(new String[] {"denoise", "--model", model("classes")}, to))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run(new String[] {"predict", "--model", model("dae")}, to)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run(
                        new String[] {
                            "predict", "--model", folder.resolve("none").toString()
                        },
                        to))
                .isEqualTo(ExitCode.BAD_INPUT);
        Path narrow = Files.writeString(folder.resolve("narrow.csv"), "0,1,label\n0.1,0.2,3\n0.3,1.0,4\n");
        assertThat(run(new String[] {"evaluate", "--model", model("dae")}, "--test", narrow.toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(folder.resolve("never")).doesNotExist();
    }

    private static double testError(String id, String input, boolean thresholded) throws IOException {
        return Program.rows(Table.DIGIT_ERRORS, out, id).stream()
                .filter(row -> row.digit() == null && row.split().equals("test"))
                .filter(row -> row.input().equals(input) && row.thresholded() == thresholded)
                .mapToDouble(DigitErrorRow::meanError)
                .findFirst()
                .orElseThrow();
    }

    private static String model(String id) {
        return out.resolve("models").resolve(id).toString();
    }

    private static int run(String[] first, String... more) {
        List<String> arguments = new ArrayList<>(List.of(first));
        arguments.addAll(List.of(more));
        return Program.run("local[2]", arguments.toArray(new String[0])).exitCode();
    }

    private static long number(String sql) throws SQLException {
        return (long) value(sql);
    }

    private static double value(String sql) throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getDouble(1);
        }
    }
}
