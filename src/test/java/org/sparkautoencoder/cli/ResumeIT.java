package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.StandaloneCluster;
import org.sparkautoencoder.results.Status;

/** Drivers and executors that are killed with SIGKILL, at random moments, {@code -Dresume.kills} times a run; {@code -Dresume.seed} repeats them. */
@Tag("long")
@Timeout(600)
final class ResumeIT {
    private static final long SEED = Long.getLong("resume.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("resume.kills", 3);
    private static final int EPOCHS = 250;
    private static final int SWEEP_EPOCHS = 120;

    @TempDir
    private static Path folder;

    private static final Random random = new Random(SEED);
    private static StandaloneCluster cluster;
    private static CutOffs runs;

    @BeforeAll
    static void trainUndisturbed() throws IOException {
        System.out.println("resume.seed=" + SEED);
        cluster = StandaloneCluster.start(folder.resolve("cluster"), false);
        runs = new CutOffs(folder);
        assertThat(Program.run("local[2]", runs.train("whole", EPOCHS)).exitCode())
                .isZero();
        assertThat(Program.run("local[2]", runs.sweep("whole-sweep", SWEEP_EPOCHS))
                        .exitCode())
                .isZero();
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void train_killedOnThisMachineAndResumedOnOtherCores_sameBits() throws Exception {
        killed("local", KILLS, List.of(Driver.local(1), Driver.local(2), Driver.local(3)));
    }

    @Test
    void train_killedHereAndOnTheCluster_sameBits() throws Exception {
        killed("both", KILLS, List.of(Driver.local(2), cluster.conf(1, 1), cluster.conf(2, 1)));
    }

    // Each life ends some epochs after it has begun, or while the run ends.
    private static void killed(String id, int kills, List<SparkConf> places) throws Exception {
        String[] command = runs.train(id, EPOCHS);
        for (int kill = 0; kill < kills; kill++) {
            int before = runs.newest(id);
            try (Driver driver = runs.start(places.get(kill % places.size()), command)) {
                if (kill + 1 < kills) {
                    runs.awaitCheckpoint(driver, id, before);
                } else {
                    awaitModel(driver, id);
                }
                Thread.sleep(random.nextInt(150));
                driver.kill();
                runs.requireReadable();
                if (runs.run(id).state().status() == Status.RUNNING) {
                    Program.Outcome list = Program.run("local[1]", "results", "--out=" + runs.out());
                    assertThat(list.out().lines().filter(line -> line.contains(id)))
                            .as(driver.log())
                            .singleElement()
                            .asString()
                            .contains("lost");
                }
            }
            command = runs.resume(id);
        }
        boolean ended = !runs.hasEnded(id);
        if (ended) {
            try (Driver driver = runs.start(places.get(kills % places.size()), command)) {
                assertThat(driver.await()).as(driver.log()).isZero();
            }
        }
        assertThat(runs.run(id).resumed()).isGreaterThanOrEqualTo(kills - 1);
        runs.requireSame(id, "whole");
        if (ended) { // else it was killed between its last row and the removal of its checkpoints
            runs.requireTidy(id);
        }
    }

    private static void awaitModel(Driver driver, String id) throws InterruptedException {
        while (driver.isAlive() && Files.notExists(runs.out().resolve("models").resolve(id))) {
            Thread.sleep(5);
        }
    }

    @Test
    void sweep_driverKilledOnTheClusterAndStartedAgain_sameBits() throws Exception {
        String[] command = runs.sweep("sweep", SWEEP_EPOCHS);
        for (int kill = 0; kill < 2; kill++) {
            int before = runs.newest("sweep");
            try (Driver driver = runs.start(cluster.conf(2, 1), command)) {
                runs.awaitCheckpoint(driver, "sweep", before);
                Thread.sleep(random.nextInt(500));
                driver.kill();
                runs.requireReadable();
            }
        }
        try (Driver driver = runs.start(cluster.conf(2, 2), command)) {
            assertThat(driver.await()).as(driver.log()).isZero();
        }
        assertThat(runs.trialResults("sweep")).isEqualTo(runs.trialResults("whole-sweep"));
        runs.requireTidy("sweep");
    }

    @Test
    void sweep_executorKilled_sameBits() throws Exception {
        try (Driver driver = runs.start(cluster.conf(2, 1), runs.sweep("executor", SWEEP_EPOCHS))) {
            runs.awaitCheckpoint(driver, "executor", 0);
            Thread.sleep(random.nextInt(500));
            assertThat(cluster.executors()).isNotEmpty();
            cluster.executors().get(0).destroyForcibly();
            assertThat(driver.await()).as(driver.log()).isZero();
        }
        assertThat(runs.trialResults("executor")).isEqualTo(runs.trialResults("whole-sweep"));
        runs.requireTidy("executor");
    }
}
