package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.StandaloneCluster;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TrialRow;

/** Sweeps that are cut off, and sweeps on a real cluster. */
@Timeout(240)
final class SweepIT {
    @TempDir
    private Path folder;

    private List<String> data;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        out = folder.resolve("results");
        data = List.of(
                "--train",
                Program.csv(folder.resolve("train.csv"), 200, 1).toString(),
                "--test",
                Program.csv(folder.resolve("test.csv"), 60, 2).toString(),
                "--out",
                out.toString(),
                "--no-early-stop");
    }

    @Test
    void sweep_interrupted_keepsWhatIsDoneAndGoesOnLater() throws Exception {
        String[] command = command(
                "--master",
                "local[2]",
                "sweep",
                "--sweep-id",
                "cut",
                "--parallel",
                "1",
                "--grid",
                "epochs=1,3000,3001,2");
        Script.Running running = Script.in(folder).start(command);
        while (running.process().isAlive() && !isAt(1, Status.RUNNING)) {
            Thread.sleep(50);
        }
        running.process().destroy(); // SIGTERM, which is taken as Ctrl-C is
        Script.Outcome cut = running.await();
        assertThat(cut.exitCode()).as(cut.err()).isEqualTo(ExitCode.INTERRUPTED);
        List<TrialRow> rows = trials("cut");
        assertThat(rows)
                .extracting(TrialRow::status)
                .containsExactly(Status.FINISHED, Status.KILLED, Status.WAITING, Status.WAITING);
        assertThat(rows.get(2).trialRunId()).isNull();

        Script.Outcome again = Script.in(folder).run(command);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(trials("cut")).allMatch(row -> row.status() == Status.FINISHED);
        assertThat(trials("cut").get(0)).isEqualTo(rows.get(0));
        assertThat(trials("cut").get(1).trialRunId()).isEqualTo("cut-t001");
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "2, 4"})
    void sweep_onACluster_moreTrialsThanSlotsAllEndWithTheSameBits(int workers, int parallel) throws IOException {
        String[] options = {
            "--grid",
            "learning-rate=log:0.001:0.1:6",
            "--epochs",
            "3",
            "--keep",
            "none",
            "--workers",
            Integer.toString(workers),
            "--parallel",
            Integer.toString(parallel),
            "--sweep-id"
        };
        try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), false);
                JavaSparkContext spark = cluster.connect(cluster.conf(2, 2).set("spark.scheduler.mode", "FAIR"), 2)) {
            assertThat(spark.sc().isLocal()).isFalse();
            assertThat(Program.run(cluster.master(), command("sweep", options, "far"))
                            .exitCode())
                    .isZero();
            assertThat(spark.sc().getRDDStorageInfo()).isEmpty();
        }
        assertThat(Program.run("local[2]", command("sweep", options, "near")).exitCode())
                .isZero();
        assertThat(trials("far")).hasSize(6).allMatch(row -> row.status() == Status.FINISHED);
        assertThat(weights("far")).isEqualTo(weights("near"));
    }

    private List<String> weights(String sweepId) throws IOException {
        List<String> weights = new ArrayList<>();
        for (TrialRow row : trials(sweepId)) {
            weights.add(Program.rows(Table.RUNS, out, row.trialRunId()).get(0).weightsSha256());
        }
        return weights;
    }

    private boolean isAt(int trial, Status status) throws IOException {
        return Files.exists(out.resolve("trials/run_id=cut/part-00000.parquet"))
                && trials("cut").get(trial).status() == status;
    }

    private List<TrialRow> trials(String sweepId) throws IOException {
        return Program.rows(Table.TRIALS, out, sweepId);
    }

    private String[] command(String name, String[] options, String last) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(List.of(options));
        all.add(last);
        return command(all.toArray(new String[0]));
    }

    private String[] command(String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(data);
        return all.toArray(new String[0]);
    }
}
