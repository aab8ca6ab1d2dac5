package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.report.StudyTables;

/** Places where results cannot go: they are refused before the work. */
@Timeout(120)
final class OutputPlaceTest {
    @TempDir
    private Path folder;

    private String rows;
    private String file;

    @BeforeEach
    void write() throws IOException {
        rows = Program.csv(folder.resolve("rows.csv"), 50, 1).toString();
        file = Files.createFile(folder.resolve("file")).toString();
    }

    @ParameterizedTest
    @CsvSource({"train", "sweep --grid seed=1", "reproduce"})
    void training_outThatCannotBeWritten_isBadInputBeforeTheRowsAreRead(String command) {
        Program.Outcome outcome = run(command, "--train", rows, "--test", rows, "--out", file + "/results");
        assertThat(outcome).isEqualTo(new Program.Outcome(ExitCode.BAD_INPUT, ""));
    }

    @Test
    void training_outWithAColon_isAUsageErrorBeforeTheRowsAreRead() {
        assertThat(run("train", "--train", rows, "--out", "a:b")).isEqualTo(new Program.Outcome(ExitCode.USAGE, ""));
    }

    @Test
    void reproduce_reportThatCannotBeWritten_isBadInputBeforeTheRowsAreRead() {
        String out = folder.resolve("results").toString();
        Program.Outcome outcome =
                run("reproduce", "--train", rows, "--test", rows, "--out", out, "--report", file + "/page.html");
        assertThat(outcome).isEqualTo(new Program.Outcome(ExitCode.BAD_INPUT, ""));
    }

    @ParameterizedTest
    @CsvSource({"denoise", "predict"})
    void rows_outThatCannotBeWritten_isBadInputBeforeTheModelIsRead(String command) {
        String out = "n".repeat(300);
        assertThat(run(command, "--model", "absent", "--input", rows, "--out", out)
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run(command, "--model", "absent", "--input", rows, "--out", file + "/x")
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void report_pageThatCannotBeWritten_isBadInput() throws IOException {
        org.apache.hadoop.fs.Path results =
                new org.apache.hadoop.fs.Path(folder.resolve("results").toUri());
        new StudyTables(results).begun("b1");
        for (String page : List.of(folder.toString(), file + "/page.html", folder.resolve("n".repeat(300)) + "")) {
            Program.Outcome outcome =
                    run("report", "--results", folder.resolve("results").toString(), "--out", page);
            assertThat(outcome).as(page).isEqualTo(new Program.Outcome(ExitCode.BAD_INPUT, ""));
        }
        Path colon = folder.resolve("a:b.html");
        ReportCommand.write(results, new Configuration(), List.of(), List.of(), colon);
        assertThat(colon).content().contains("b1");
    }

    @Test
    void localFolder_thatCannotBeWritten_isAUsageError() {
        System.setProperty("spark.local.dir", file + "/spark");
        try {
            String out = folder.resolve("results").toString();
            assertThat(run("train", "--train", rows, "--out", out)).isEqualTo(new Program.Outcome(ExitCode.USAGE, ""));
        } finally {
            System.clearProperty("spark.local.dir");
        }
    }

    @Test
    void results_ofAFile_areBadInput() {
        assertThat(run("results", "--out", file).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    private static Program.Outcome run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
        arguments.addAll(List.of(options));
        return Program.run("local[1]", arguments.toArray(new String[0]));
    }
}
