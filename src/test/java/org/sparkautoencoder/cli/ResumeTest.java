package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.Heartbeat;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;

/** Runs that are cut off and resumed, through the commands. */
final class ResumeTest {
    @TempDir
    private Path temp;

    private Path out;
    private Path csv;

    @BeforeEach
    void makeRows() throws IOException {
        out = temp.resolve("results");
        csv = Program.csv(temp.resolve("train.csv"), 200, 1);
    }

    private Program.Outcome train(String master, String id, int epochs, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--train=" + csv,
                "--out=" + out,
                "--progress=none",
                "--hidden=8",
                "--batch-size=16",
                "--shards=4",
                "--run-id=" + id,
                "--epochs=" + epochs,
                "--checkpoint-every=1",
                "--keep-checkpoints"));
        arguments.addAll(List.of(more));
        return Program.run(master, arguments.toArray(String[]::new));
    }

    private Program.Outcome resume(String master, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--out=" + out, "--progress=none"));
        arguments.addAll(List.of(more));
        return Program.run(master, arguments.toArray(String[]::new));
    }

    private RunRow run(String id) throws IOException {
        return Program.rows(Table.RUNS, out, id).get(0);
    }

    // As if its process had been killed after the last checkpoint.
    private void cutOff(String id) throws IOException {
        RunRow row = run(id);
        ResultTables.reopen(new org.apache.hadoop.fs.Path(out.toUri()), new Configuration(), id)
                .putRun(row.ended(Status.RUNNING, null, null, null));
    }

    @Test
    void train_resumedWithMoreEpochsOnOtherCores_sameBitsAndHistory() throws IOException {
        assertThat(train("local[1]", "whole", 9).exitCode()).isZero();
        assertThat(train("local[2]", "cut", 4).exitCode()).isZero();
        cutOff("cut");
        Program.Outcome resumed = resume("local[3]", "--resume", "--epochs=9");
        assertThat(resumed.exitCode()).as(resumed.out()).isZero();
        assertThat(run("cut").weightsSha256()).isEqualTo(run("whole").weightsSha256());
        assertThat(run("cut").resumed()).isEqualTo(1);
        assertThat(run("cut").state().status()).isEqualTo(Status.FINISHED);
        List<EpochRow> epochs = Program.rows(Table.EPOCHS, out, "cut");
        // From a checkpoint before the end, of which there is one after most epochs.
        assertThat(epochs.stream().filter(epoch -> epoch.attempt() == 0))
                .extracting(EpochRow::epoch)
                .containsExactly(0, 1, 2, 3);
        assertThat(epochs.stream().filter(epoch -> epoch.attempt() == 1))
                .extracting(EpochRow::epoch)
                .contains(3, 4, 5, 6, 7, 8);
        assertThat(epochs.get(epochs.size() - 1).errors())
                .isEqualTo(Program.rows(Table.EPOCHS, out, "whole").get(8).errors());
        assertThat(Program.rows(Table.DIGIT_ERRORS, out, "cut"))
                .isEqualTo(Program.rows(Table.DIGIT_ERRORS, out, "whole"));
    }

    @Test
    void train_resumedFromTheCheckpointBeforeADamagedOne_sameBits() throws IOException {
        assertThat(train("local[2]", "run", 60).exitCode()).isZero();
        String weights = run("run").weightsSha256();
        cutOff("run");
        // As many are written as the thread that writes them manages; the newest is made here.
        Path folder = out.resolve("checkpoints/run");
        byte[] bytes = Files.readAllBytes(folder.resolve(folder.toFile().list()[0]));
        Files.write(folder.resolve("epoch-99999999.safetensors"), Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(resume("local[1]", "--resume", "run").exitCode()).isZero();
        assertThat(run("run").weightsSha256()).isEqualTo(weights);
        assertThat(run("run").resumed()).isEqualTo(1);
    }

    @Test
    void train_resumedByFolderFromElsewhere_findsRowsAndResults() throws IOException {
        assertThat(train("local[2]", "run", 4, "--checkpoint=" + temp.resolve("kept"))
                        .exitCode())
                .isZero();
        cutOff("run");
        Program.Outcome resumed = Program.run(
                "local[1]", "train", "--resume=" + temp.resolve("kept/run"), "--progress=none", "--epochs=5");
        assertThat(resumed.exitCode()).as(resumed.out()).isZero();
        assertThat(Program.rows(Table.EPOCHS, out, "run"))
                .extracting(EpochRow::epoch)
                .contains(4);
    }

    @Test
    void train_resumedWithOtherSettingsOrRows_isRefusedAndNothingIsLost() throws IOException {
        assertThat(train("local[2]", "run", 4).exitCode()).isZero();
        cutOff("run");
        RunRow before = run("run");
        assertThat(resume("local[1]", "--resume", "run", "--learning-rate=0.5").exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(resume("local[1]", "--resume", "run", "--seed=2").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(resume("local[1]", "--resume", "none").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        // The same value is no difference.
        Program.csv(csv, 200, 2);
        assertThat(resume("local[1]", "--resume", "run", "--shards=4", "--train=" + csv)
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        Program.csv(csv, 200, 1);
        assertThat(run("run")).isEqualTo(before);
        assertThat(resume("local[1]", "--resume", "run", "--shards=4").exitCode())
                .isZero();
    }

    @Test
    void train_ofARunThatAnotherProcessIsTraining_isRefused() throws IOException {
        org.apache.hadoop.fs.Path results = new org.apache.hadoop.fs.Path(out.toUri());
        assertThat(train("local[1]", "run", 3).exitCode()).isZero();
        cutOff("run");
        try (Heartbeat other = Heartbeat.begin(results, new Configuration(), "run")) {
            assertThat(other.isLost()).isFalse();
            assertThat(resume("local[1]", "--resume", "run").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(resume("local[1]", "--resume").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(Program.run("local[1]", "results", "--out=" + out).out()).contains("running");
        }
        assertThat(Program.run("local[1]", "results", "--out=" + out).out()).contains("lost");
        assertThat(resume("local[1]", "--resume").exitCode()).isZero();
    }

    @Test
    void sweep_trialCutOff_goesOnUnderItsRunIdToTheSameBits() throws IOException {
        String[] sweep = {
            "sweep",
            "--train=" + csv,
            "--out=" + out,
            "--progress=none",
            "--hidden=8",
            "--batch-size=16",
            "--epochs=8",
            "--checkpoint-every=1",
            "--keep-checkpoints",
            "--halving",
            "--grid",
            "learning-rate=0.1,0.01,0.001",
            "--sweep-id=s"
        };
        assertThat(Program.run("local[2]", sweep).exitCode()).isZero();
        List<RunRow> whole = List.of(run("s-t000"), run("s-t001"), run("s-t002"));
        List<String> decisions = Program.rows(Table.TRIALS, out, "s").stream()
                .map(row -> row.comparison().decision())
                .toList();
        ResultTables trials = ResultTables.reopen(new org.apache.hadoop.fs.Path(out.toUri()), new Configuration(), "s");
        trials.put(
                Table.TRIALS,
                Program.rows(Table.TRIALS, out, "s").stream()
                        .map(row -> new org.sparkautoencoder.results.TrialRow(
                                row.sweepId(),
                                row.trial(),
                                row.trialRunId(),
                                Status.RUNNING,
                                row.learningRate(),
                                org.sparkautoencoder.results.TrialRow.Outcome.none(null),
                                row.settings(),
                                new org.sparkautoencoder.results.TrialRow.Comparison(
                                        row.comparison().objective(), null, null)))
                        .toList());
        for (int trial = 0; trial < 3; trial++) {
            cutOff("s-t00" + trial);
        }
        org.apache.hadoop.fs.Path results = new org.apache.hadoop.fs.Path(out.toUri());
        try (Heartbeat other = Heartbeat.begin(results, new Configuration(), "s")) {
            assertThat(other.isLost()).isFalse();
            assertThat(Program.run("local[1]", sweep).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        }
        assertThat(Program.run("local[1]", sweep).exitCode()).isZero();
        assertThat(Program.rows(Table.TRIALS, out, "s"))
                .extracting(row -> row.comparison().decision())
                .isEqualTo(decisions);
        assertThat(IntStream.range(0, 3)
                        .mapToObj(i -> whole.get(i).weightsSha256())
                        .toList())
                .isEqualTo(List.of(
                        run("s-t000").weightsSha256(),
                        run("s-t001").weightsSha256(),
                        run("s-t002").weightsSha256()));
    }

    @Test
    void reproduce_again_makesOnlyWhatHasNoResult() throws IOException {
        String[] reproduce = {
            "reproduce",
            "--train=" + csv,
            "--test=" + csv,
            "--out=" + out,
            "--progress=none",
            "--id=study",
            "--epochs=3",
            "--checkpoint-every=1",
            "--keep-checkpoints",
            "--report=" + temp.resolve("report.html")
        };
        assertThat(Program.run("local[2]", reproduce).exitCode()).isZero();
        RunRow encoder = run("study-denoising");
        RunRow classifier = run("study-classifier-denoising");
        cutOff("study-classifier-denoising");
        assertThat(Program.run("local[1]", reproduce).exitCode()).isZero();
        assertThat(run("study-denoising")).isEqualTo(encoder);
        assertThat(run("study-classifier-denoising").weightsSha256()).isEqualTo(classifier.weightsSha256());
        assertThat(run("study-classifier-denoising").resumed()).isEqualTo(1);
        reproduce[6] = "--epochs=4";
        assertThat(Program.run("local[1]", reproduce).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
