package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command results, on what other commands have left. */
@Timeout(120)
final class ResultsCommandTest {
    @TempDir
    static Path folder;

    private static Path out;

    @BeforeAll
    static void train() throws IOException {
        Path train = Program.csv(folder.resolve("train.csv"), 200, 1);
        Path test = Program.csv(folder.resolve("test.csv"), 60, 2);
        out = folder.resolve("the results");
        List<String> data = List.of("--train", train.toString(), "--test", test.toString(), "--out", out.toString());
        run("train", data, "--run-id", "older", "--epochs", "2");
        run("train", data, "--run-id", "wild", "--epochs", "2", "--learning-rate", "1e30", "--hidden", "9,9,9");
        run(
                "sweep",
                data,
                "--sweep-id",
                "grid",
                "--epochs",
                "2",
                "--grid",
                "learning-rate=0.001,0.1 batch-size=32,999");
    }

    @Test
    void results_listRunsNewestFirstAndTrialsBestFirst() {
        Program.Outcome outcome = Program.run("local[1]", "results", "--out", out.toString());
        assertThat(outcome.exitCode()).isZero();
        List<String> lines = outcome.out().lines().toList();
        int sweep = lines.indexOf("sweep grid, the best by test-error first");
        assertThat(lines.subList(0, sweep))
                .anySatisfy(line -> assertThat(line).contains("wild", "1.0E30", "diverged"))
                .anySatisfy(line -> assertThat(line).matches(".*older +denoising +0.01 +finished +2 +0\\.\\d{5} .* s"));
        assertThat(lines.get(sweep - 2)).contains("older");
        assertThat(lines.subList(sweep + 2, lines.size()))
                .satisfiesExactly(
                        line -> assertThat(line).matches("2 +learning-rate=0.1 batch-size=32 +finished .*"),
                        line -> assertThat(line).matches("0 +learning-rate=0.001 batch-size=32 +finished .*"),
                        line -> assertThat(line)
                                .matches(
                                        "1 +learning-rate=0.001 batch-size=999 +failed .*--batch-size 999 is more than .*"),
                        line -> assertThat(line)
                                .matches(
                                        "3 +learning-rate=0.1 batch-size=999 +failed .*--batch-size 999 is more than .*"));
    }

    @Test
    void results_sql_printsTheRows() {
        Program.Outcome outcome =
                sql("SELECT t.run_id, trial, model, layers, pixels FROM trials t JOIN runs r ON r.run_id = trial_run_id"
                        + " JOIN features f USING (model) WHERE f.run_id = 'older' AND neuron = 0 ORDER BY trial");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).matches("run_id  trial  model      layers         pixels"),
                        line -> assertThat(line).matches("grid    0      denoising  \\[36, 200, 36]  \\[-?\\d.*…"),
                        line -> assertThat(line).startsWith("grid    2      denoising"));
    }

    @Test
    void results_sqlThatMakesNoSense_exits2InOneLine() {
        assertThat(sql("SELECT nothing FROM trials").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(sql("SELEKT 1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(sql("SELECT 1 FROM confusion").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void results_noFolder_exits3() {
        Program.Outcome outcome = Program.run(
                "local[1]", "results", "--out", folder.resolve("absent").toString());
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void results_aDamagedFileAmongThem_showTheOthers() throws IOException {
        Path copy = copy("damaged");
        Path run = copy.resolve("runs/run_id=older/part-00000.parquet");
        Files.write(run, new byte[100]);
        Path epochs = copy.resolve("epochs/run_id=wild/part-00000.parquet");
        Files.write(epochs, Arrays.copyOf(Files.readAllBytes(epochs), 200));
        Program.Outcome list = Program.run("local[1]", "results", "--out", copy.toString());
        assertThat(list.exitCode()).isZero();
        assertThat(list.out()).contains("wild", "sweep grid").doesNotContain("older");
        Program.Outcome query = Program.run(
                "local[2]", "results", "--out", copy.toString(), "--sql", "SELECT run_id FROM runs ORDER BY run_id");
        assertThat(query.exitCode()).isZero();
        assertThat(query.out().lines()).contains("wild", "grid-t000").doesNotContain("older");
        String page = folder.resolve("page.html").toString();
        assertThat(Program.run("local[1]", "report", "--results", copy.toString(), "--out", page)
                        .exitCode())
                .isZero();
        assertThat(Path.of(page)).content().contains("Left out, since a file is damaged", run.toString());
        assertThat(Program.run("local[1]", "report", "--results", copy.toString(), "--run", "older", "--out", page)
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x]{y}*", "a:b", "ü €"})
    void results_inAFolderOfAnyName_canBeAsked(String name) throws IOException {
        Path copy = copy(name);
        Program.Outcome query = Program.run(
                "local[2]",
                "results",
                "--out",
                copy.toString(),
                "--sql",
                "SELECT count(*) AS n FROM runs WHERE run_id = 'wild'");
        assertThat(query.exitCode()).isZero();
        assertThat(query.out().lines()).containsExactly("n", "1");
    }

    private static Path copy(String name) throws IOException {
        Path copy = folder.resolve("copies").resolve(name);
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(out.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    private static Program.Outcome sql(String query) {
        return Program.run("local[2]", "results", "--out", out.toString(), "--sql", query);
    }

    private static void run(String command, List<String> data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(data);
        arguments.addAll(List.of(more));
        Program.run("local[2]", arguments.toArray(new String[0]));
    }
}
