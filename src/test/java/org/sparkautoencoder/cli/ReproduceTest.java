package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.RequiresMnist;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;

/** The whole study on the study's digits gives the study's figures. */
@Tag("long")
@RequiresMnist
final class ReproduceTest {
    @TempDir
    static Path folder;

    private static Path out;

    @BeforeAll
    static void reproduce() {
        out = folder.resolve("out");
        String source = RequiresMnist.Folder.path().toString();
        assertThat(Program.run("local[2]", "prepare", "--source", source, "--datasets", folder.toString())
                        .exitCode())
                .isZero();
        assertThat(Program.run(
                                "local[2]",
                                "reproduce",
                                "--train",
                                folder.resolve("paper/train.csv").toString(),
                                "--test",
                                folder.resolve("paper/test.csv").toString(),
                                "--out",
                                out.toString(),
                                "--report",
                                folder.resolve("report.html").toString(),
                                "--id",
                                "study")
                        .exitCode())
                .isZero();
    }

    @Test
    void reproduce_paperDigits_runsAllTrainingsAsOneGroup() throws IOException {
        for (String name : List.of("denoising", "autoencoder", "rate-0.1", "rate-0.001", "rate-0.0001")) {
            RunRow run = run(name);
            assertThat(run.state().status()).isEqualTo(Status.FINISHED);
            assertThat(run.origin().sweepId()).isEqualTo("study");
            assertThat(Program.rows(Table.EPOCHS, out, "study-" + name)).hasSize(250);
        }
        assertThat(run("classifier-denoising").origin().parentRunId()).isEqualTo("study-denoising");
        assertThat(run("classifier-denoising").training().layers()).containsExactly(784, 200, 10);
        assertThat(Program.rows(Table.CONFUSION, out, "study-classifier-autoencoder"))
                .hasSize(400);
        assertThat(Files.readString(folder.resolve("report.html"))).contains("study-denoising");
    }

    @Test
    void denoising_paperSettings_hasThePapersErrors() throws IOException {
        assertThat(error("train", false)).isCloseTo(0.0087, within(0.0005));
        assertThat(error("train", true)).isCloseTo(0.0100, within(0.0006));
        assertThat(error("test", false)).isCloseTo(0.0235, within(0.0015));
        assertThat(error("test", true)).isCloseTo(0.0281, within(0.002));
    }

    @Test
    void classifiers_onFrozenEncoders_haveThePapersAccuracies() throws IOException {
        assertThat(accuracy("autoencoder", "test", true)).isCloseTo(0.883, within(0.012));
        assertThat(accuracy("autoencoder", "test", false)).isCloseTo(0.907, within(0.01));
        assertThat(accuracy("denoising", "test", true)).isCloseTo(0.918, within(0.012));
        assertThat(accuracy("denoising", "test", false)).isCloseTo(0.926, within(0.01));
        assertThat(accuracy("autoencoder", "train", true)).isCloseTo(0.9015, within(0.012));
        assertThat(accuracy("autoencoder", "train", false)).isCloseTo(0.918, within(0.01));
        assertThat(accuracy("denoising", "train", true)).isCloseTo(0.934, within(0.012));
        assertThat(accuracy("denoising", "train", false)).isCloseTo(0.941, within(0.01));
        for (String split : List.of("train", "test")) {
            for (boolean thresholded : new boolean[] {false, true}) {
                assertThat(accuracy("denoising", split, thresholded))
                        .isGreaterThan(accuracy("autoencoder", split, thresholded));
            }
        }
    }

    @Test
    void classifiers_firstEpochs_haveThePapersErrors() throws IOException {
        assertThat(firstError("autoencoder")).isCloseTo(0.31, within(0.08));
        assertThat(firstError("denoising")).isCloseTo(0.20, within(0.06));
        assertThat(Program.rows(Table.EPOCHS, out, "study-classifier-denoising"))
                .allSatisfy(epoch -> assertThat(epoch.errors().testError()).isNotNull());
    }

    @Test
    void report_paperDigits_agreesWithTheStudyButForTheDigitsErrors() throws IOException {
        String page = Files.readString(folder.resolve("report.html"));
        assertThat(page).contains("<b>8 of 9</b> figures agree", "<b>5 of 8</b> claims hold");
        assertThat(page.substring(page.indexOf("id=\"figure-1-3\""), page.indexOf("id=\"figure-1-4\"")))
                .contains("differs", "This figure cannot be reproduced.");
    }

    private static double firstError(String encoder) throws IOException {
        return Program.rows(Table.EPOCHS, out, "study-classifier-" + encoder).stream()
                .filter(epoch -> epoch.epoch() == 0)
                .mapToDouble(EpochRow::trainErrorAtEnd)
                .findFirst()
                .orElseThrow();
    }

    private static RunRow run(String name) throws IOException {
        return Program.rows(Table.RUNS, out, "study-" + name).get(0);
    }

    private static double error(String split, boolean thresholded) throws IOException {
        return Program.rows(Table.DIGIT_ERRORS, out, "study-denoising").stream()
                .filter(row -> row.digit() == null && row.split().equals(split))
                .filter(row -> row.input().equals("noised") && row.thresholded() == thresholded)
                .mapToDouble(DigitErrorRow::meanError)
                .findFirst()
                .orElseThrow();
    }

    private static double accuracy(String encoder, String split, boolean thresholded) throws IOException {
        return Program.rows(Table.SCORES, out, "study-classifier-" + encoder).stream()
                .filter(row -> row.digit() == null && row.split().equals(split) && row.thresholded() == thresholded)
                .mapToDouble(ScoreRow::accuracy)
                .findFirst()
                .orElseThrow();
    }
}
