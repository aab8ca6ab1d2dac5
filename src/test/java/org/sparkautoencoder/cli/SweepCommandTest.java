package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TrialRow;

/** The command sweep on small data: what it leaves, and how it ends. */
@Timeout(120)
final class SweepCommandTest {
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
    void sweep_outputLayers_areCompared() throws IOException {
        assertThat(sweep("local[2]", "o", "--grid", "output=sigmoid,linear", "--keep", "all")
                        .exitCode())
                .isZero();
        for (TrialRow row : trials("o")) {
            assertThat(run(row.trialRunId()).settings()).contains(row.settings());
            assertThat(Files.readString(out.resolve("models/" + row.trialRunId() + "/model.json")))
                    .contains(row.trial() == 0 ? "\"sigmoid\" ]" : "\"linear\" ]");
        }
        assertThat(trials("o"))
                .extracting(TrialRow::settings)
                .containsExactlyInAnyOrder("output=sigmoid\n", "output=linear\n");
    }

    @Test
    void sweep_grid_isARowForEachTrialSortedByObjective() throws IOException {
        Program.Outcome outcome = sweep("local[2]", "g", "--grid", "learning-rate=0.1,0.01", "--grid", "hidden=8;6,4");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("g: 4 trials on 2 slots, the best by test-error", "best     trial");
        List<TrialRow> rows = trials("g");
        assertThat(rows)
                .extracting(TrialRow::settings)
                .containsExactly(
                        "learning-rate=0.1\nhidden=8\n",
                        "learning-rate=0.1\nhidden=6,4\n",
                        "learning-rate=0.01\nhidden=8\n",
                        "learning-rate=0.01\nhidden=6,4\n");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.status()).isEqualTo(Status.FINISHED);
            assertThat(row.outcome().epochs()).isEqualTo(4);
            assertThat(row.comparison().objective()).isEqualTo("test-error");
            assertThat(row.comparison().objectiveValue())
                    .isEqualTo(row.outcome().testError());
            RunRow run = run(row.trialRunId());
            assertThat(run.origin().sweepId()).isEqualTo("g");
            assertThat(run.training().learningRate()).isEqualTo(row.learningRate());
            assertThat(row.settings()).contains("learning-rate=" + row.learningRate() + "\n");
            EpochRow last = Program.rows(Table.EPOCHS, out, row.trialRunId()).get(3);
            assertThat(row.outcome().testError()).isEqualTo(last.errors().testError());
            assertThat(row.outcome().trainError()).isEqualTo(last.errors().trainError());
        });
        assertThat(run(rows.get(1).trialRunId()).training().layers()).containsExactly(36, 6, 4, 36);
        assertThat(run(rows.get(1).trialRunId()).settings())
                .contains("hidden=6,4\n", "learning-rate=0.1\n")
                .doesNotContain("grid=", "sweep-id=");
        // Of four models the best is left.
        TrialRow best = rows.stream()
                .min(Comparator.comparing((TrialRow row) -> row.outcome().testError()))
                .orElseThrow();
        assertThat(models()).containsExactly(best.trialRunId());
        List<String> table = outcome.out()
                .lines()
                .dropWhile(line -> !line.startsWith("trial  settings"))
                .toList();
        assertThat(table.get(1)).startsWith(best.trial() + "  ");
    }

    @Test
    void trial_ofASweep_hasTheBitsOfTheSameSettingsAlone() throws IOException {
        assertThat(sweep(
                                "local[2]",
                                "g",
                                "--grid",
                                "batch-size=16,32 noise-zero=0.2,0.4",
                                "--seeds",
                                "2",
                                "--keep",
                                "none")
                        .exitCode())
                .isZero();
        for (TrialRow row : trials("g")) {
            List<String> options = new ArrayList<>(List.of("train", "--run-id", "alone" + row.trial()));
            row.settings().lines().forEach(line -> options.add("--" + line));
            assertThat(Program.run("local[1]", with(options).toArray(new String[0]))
                            .exitCode())
                    .isZero();
            assertThat(run("alone" + row.trial()).weightsSha256())
                    .as(row.settings())
                    .isEqualTo(run(row.trialRunId()).weightsSha256());
        }
        assertThat(trials("g").stream().map(row -> weights(row)).distinct()).hasSize(8);
        assertThat(models()).noneMatch(model -> model.startsWith("g-"));
    }

    @ParameterizedTest
    @CsvSource({"1, 16, 16", "2, 8, 4", "1, 8, 3"})
    void sweep_moreTrialsThanSlots_allEndAndNothingIsLeft(int workers, int trials, int parallel) throws Exception {
        JavaSparkContext spark = LocalSpark.start("local[2]");
        try {
            Set<String> before = threads();
            Set<String> groups = ConcurrentHashMap.newKeySet();
            spark.sc().addSparkListener(new SparkListener() {
                @Override
                public void onJobStart(SparkListenerJobStart job) {
                    groups.add(job.properties().getProperty("spark.jobGroup.id") + " in "
                            + job.properties().getProperty("spark.scheduler.pool") + ": "
                            + job.properties().getProperty("spark.job.description"));
                }
            });
            Program.Outcome outcome = sweep(
                    "local[2]",
                    "many",
                    "--grid",
                    "learning-rate=log:0.001:0.1:" + trials,
                    "--workers",
                    Integer.toString(workers),
                    "--hidden",
                    "2048", // enough for two blocks of neurons, and so for two workers
                    "--parallel",
                    Integer.toString(parallel),
                    "--keep",
                    "none");
            assertThat(outcome.exitCode()).isZero();
            assertThat(trials("many")).hasSize(trials).allMatch(row -> row.status() == Status.FINISHED);
            assertThat(trials("many"))
                    .allSatisfy(
                            row -> assertThat(run(row.trialRunId()).platform().workers())
                                    .isEqualTo(workers));
            assertThat(groups)
                    .contains("many-t000 in many-t000: train 36-2048-36 on 200 rows: many-t000: trial 0"
                            + "  learning-rate=0.001");
            assertThat(spark.sc().getRDDStorageInfo()).isEmpty();
            assertThat(spark.getLocalProperty("spark.scheduler.pool")).isNull();
            assertNoThreadOfOursIsLeft(before);
        } finally {
            spark.stop();
        }
    }

    @Test
    void trial_failsOrDiverges_isARowWithItsReasonAndTheOthersGoOn() throws IOException {
        Program.Outcome outcome = sweep(
                "local[2]",
                "odd",
                "--grid",
                "learning-rate=1e30,0.01",
                "--grid",
                "batch-size=32,201",
                "--hidden",
                "12,12,12");
        assertThat(outcome.exitCode()).isZero();
        List<TrialRow> rows = trials("odd");
        assertThat(rows)
                .extracting(TrialRow::status)
                .containsExactly(Status.DIVERGED, Status.FAILED, Status.FINISHED, Status.FAILED);
        assertThat(rows.get(0).comparison().objectiveValue()).isNull();
        assertThat(rows.get(1).outcome().error()).contains("--batch-size 201 is more than the 200 training rows");
        assertThat(rows.get(1).trialRunId()).isNull();
        assertThat(models()).containsExactly(rows.get(2).trialRunId());
    }

    @Test
    void trial_whoseJobIsCancelled_failsAlone() throws IOException {
        JavaSparkContext spark = LocalSpark.start("local[2]");
        try {
            spark.sc().addSparkListener(new SparkListener() {
                @Override
                public void onJobStart(SparkListenerJobStart job) {
                    String description = String.valueOf(job.properties().getProperty("spark.job.description"));
                    if (description.startsWith("train ") && description.contains("learning-rate=0.02")) {
                        spark.sc().cancelJobGroup(job.properties().getProperty("spark.jobGroup.id"));
                    }
                }
            });
            Program.Outcome outcome =
                    sweep("local[2]", "c", "--grid", "learning-rate=0.01,0.02,0.03", "--epochs", "300");
            assertThat(outcome.exitCode()).isZero();
            assertThat(trials("c"))
                    .extracting(TrialRow::status)
                    .containsExactly(Status.FINISHED, Status.FAILED, Status.FINISHED);
            assertThat(trials("c").get(1).outcome().error()).contains("cancelled");
            assertThat(run("c-t001").state().status()).isEqualTo(Status.FAILED);
        } finally {
            spark.stop();
        }
    }

    @Test
    void sweep_again_makesOnlyWhatHasNoResult() throws IOException {
        String[] grid = {"--grid", "learning-rate=0.1,0.01,0.001"};
        assertThat(sweep("local[2]", "r", grid).exitCode()).isZero();
        List<TrialRow> whole = trials("r");
        // As it stands when the second trial was cut off by a crash and the third had not begun.
        Path part = out.resolve("trials/run_id=r/part-00000.parquet");
        Files.delete(part);
        TrialRow second = whole.get(1);
        org.apache.hadoop.fs.Path results = new org.apache.hadoop.fs.Path(out.toUri());
        Files.delete(part.getParent());
        org.sparkautoencoder.results.ResultTables.createSweep(
                results,
                new org.apache.hadoop.conf.Configuration(),
                "r",
                List.of(
                        whole.get(0),
                        begun(second, second.trialRunId(), Status.RUNNING),
                        begun(whole.get(2), null, Status.WAITING)));
        Program.Outcome again = sweep("local[2]", "r", grid);
        assertThat(again.exitCode()).isZero();
        List<TrialRow> rows = trials("r");
        assertThat(rows.get(0)).isEqualTo(whole.get(0));
        assertThat(rows.get(1).trialRunId()).isEqualTo("r-t001");
        assertThat(rows)
                .extracting(row -> row.outcome().testError())
                .isEqualTo(whole.stream().map(row -> row.outcome().testError()).toList());
        assertThat(rows)
                .extracting(row -> weights(row))
                .isEqualTo(whole.stream().map(row -> weights(row)).toList());

        assertThat(sweep("local[2]", "r", "--grid", "learning-rate=0.1,0.02").exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        List<String> more = new ArrayList<>(List.of(grid));
        more.addAll(List.of("--momentum", "0.5"));
        assertThat(sweep("local[2]", "r", more.toArray(new String[0])).exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(trials("r")).isEqualTo(rows);
        // More of the same is no other sweep.
        assertThat(sweep("local[2]", "r", "--grid", "learning-rate=0.1,0.01,0.001,0.05")
                        .exitCode())
                .isZero();
        assertThat(trials("r").subList(0, 3)).isEqualTo(rows);
        assertThat(trials("r")).hasSize(4);
    }

    @Test
    void sweep_halving_givesTheWorseUpAndLeavesTheBestItsBits() throws IOException {
        String[] options = {
            "--grid", "learning-rate=0.1,0.0001,0.01,0.001", "--epochs", "12", "--halving", "--evaluate-every", "100"
        };
        assertThat(sweep("local[2]", "h", options).exitCode()).isZero();
        List<TrialRow> rows = trials("h");
        assertThat(rows).extracting(row -> row.outcome().epochs()).containsExactly(12, 3, 6, 3);
        assertThat(rows.get(0).comparison().decision())
                .isEqualTo("epoch 3: 1 of 4, continues; epoch 6: 1 of 2, continues");
        assertThat(rows.get(1).comparison().decision()).isEqualTo("epoch 3: 4 of 4, pruned");
        assertThat(rows.get(1).status()).isEqualTo(Status.STOPPED_EARLY);
        assertThat(models()).containsExactly("h-t000");
        for (String master : List.of("local[1]", "local[4]")) {
            String id = master.replaceAll("\\W", "");
            assertThat(sweep(master, id, options).exitCode()).isZero();
            assertThat(trials(id))
                    .extracting(row -> row.comparison().decision())
                    .isEqualTo(rows.stream()
                            .map(row -> row.comparison().decision())
                            .toList());
            assertThat(trials(id))
                    .extracting(row -> weights(row))
                    .isEqualTo(rows.stream().map(row -> weights(row)).toList());
        }
        List<String> alone = with(List.of("train", "--run-id", "alone", "--learning-rate", "0.1"));
        alone.set(alone.indexOf("--epochs") + 1, "12");
        assertThat(Program.run("local[2]", alone.toArray(new String[0])).exitCode())
                .isZero();
        assertThat(run("alone").weightsSha256()).isEqualTo(run("h-t000").weightsSha256());
    }

    @Test
    void sweep_classifiers_byTestAccuracy() throws IOException {
        assertThat(sweep(
                                "local[2]",
                                "k",
                                "--model",
                                "classifier",
                                "--objective",
                                "test-accuracy",
                                "--grid",
                                "learning-rate=0.5,0.0001",
                                "--epochs",
                                "30")
                        .exitCode())
                .isZero();
        TrialRow row = trials("k").get(0);
        assertThat(row.comparison().objectiveValue())
                .isCloseTo(1 - row.outcome().testError(), within(1e-12));
    }

    @Test
    void sweep_wrongUsage_exits2() throws IOException {
        assertThat(sweep("local[1]", "u", "--grid", "learning-rat=0.1").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--grid", "learning-rate=fast").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--grid", "learning-rate=log:0.1:1").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--grid", "out=a,b").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--grid", "learning-rate=0.01,-1").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--grid", "momentum=0.9,1.5").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--workers", "2").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--parallel", "0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--seeds", "0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--objective", "speed").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--objective", "test-accuracy").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "u", "--grid", "seed=1,2", "--seeds", "2").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(sweep("local[1]", "9", "--grid", "seed=1,2").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(out).doesNotExist();
    }

    private Program.Outcome sweep(String master, String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "--sweep-id", id));
        arguments.addAll(List.of(more));
        return Program.run(master, with(arguments).toArray(new String[0]));
    }

    /** With the options that are not given. */
    private List<String> with(List<String> given) {
        List<String> arguments = new ArrayList<>(given);
        String[] others = {
            "--train", train.toString(), "--test", test.toString(), "--out", out.toString(), "--epochs", "4"
        };
        for (int i = 0; i < others.length; i += 2) {
            if (!given.contains(others[i])) {
                arguments.add(others[i]);
                arguments.add(others[i + 1]);
            }
        }
        if (!given.contains("--no-early-stop")) {
            arguments.add("--no-early-stop");
        }
        return arguments;
    }

    private static TrialRow begun(TrialRow row, String runId, Status status) {
        return new TrialRow(
                row.sweepId(),
                row.trial(),
                runId,
                status,
                row.learningRate(),
                TrialRow.Outcome.none(null),
                row.settings(),
                new TrialRow.Comparison(row.comparison().objective(), null, null));
    }

    private List<TrialRow> trials(String sweepId) throws IOException {
        return Program.rows(Table.TRIALS, out, sweepId);
    }

    private RunRow run(String runId) throws IOException {
        return Program.rows(Table.RUNS, out, runId).get(0);
    }

    private String weights(TrialRow row) {
        try {
            return run(row.trialRunId()).weightsSha256();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> models() throws IOException {
        try (Stream<Path> models = Files.list(out.resolve("models"))) {
            return models.map(model -> model.getFileName().toString())
                    .filter(name -> !name.startsWith("alone"))
                    .toList();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    // Spark's own pools keep their threads for a minute.
    private static void assertNoThreadOfOursIsLeft(Set<String> before) throws InterruptedException {
        Set<String> left = Set.of("?");
        for (int i = 0; i < 50 && !left.isEmpty(); i++) {
            Thread.sleep(i == 0 ? 0 : 100);
            left = threads();
            left.removeAll(before);
            left.removeIf(name -> !name.startsWith("pool-") && !name.contains("trial") && !name.contains("many-"));
        }
        assertThat(left).isEmpty();
    }
}
