package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.StandaloneCluster;

/**
 * As many random faults as {@code -Dsoak.faults} says, over runs and sweeps on this machine and on a standalone cluster;
 * {@code -Dsoak.seed} chooses the same faults again.
 */
@Tag("long")
final class SoakIT {
    private static final int FAULTS = Integer.getInteger("soak.faults", 3);
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
    private static final int EPOCHS = 200;
    private static final int MOST_FAULTS_OF_A_RUN = 4;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private StandaloneCluster cluster;
    private CutOffs runs;

    private enum Fault {
        KILL_DRIVER,
        TERMINATE_DRIVER,
        DAMAGE_CHECKPOINT,
        STOP_DRIVER_FOR_A_MOMENT,
        KILL_EXECUTOR,
        STOP_EXECUTOR_FOR_A_MOMENT
    }

    @Test
    void trainAndSweep_randomFaults_sameBits() throws Exception {
        System.out.println("soak.faults=" + FAULTS + " soak.seed=" + SEED);
        runs = new CutOffs(folder);
        assertThat(Program.run("local[2]", runs.train("whole", EPOCHS)).exitCode())
                .isZero();
        assertThat(Program.run("local[2]", runs.sweep("whole-sweep", EPOCHS)).exitCode())
                .isZero();
        try (StandaloneCluster started = StandaloneCluster.start(folder.resolve("cluster"), false)) {
            cluster = started;
            int faults = 0;
            for (int run = 0; faults < FAULTS; run++) {
                faults += disturbed(run, 1 + random.nextInt(Math.min(MOST_FAULTS_OF_A_RUN, FAULTS - faults)));
            }
        }
    }

    private int disturbed(int number, int faults) throws Exception {
        boolean sweep = random.nextInt(3) == 0;
        String id = (sweep ? "s" : "r") + number;
        String[] command = sweep ? runs.sweep(id, EPOCHS) : runs.train(id, EPOCHS);
        int done = 0;
        int code = -1;
        while (sweep ? !runs.hasSweepEnded(id) : !runs.hasEnded(id)) {
            boolean far = random.nextBoolean();
            SparkConf conf = far ? cluster.conf(1 + random.nextInt(2), 1) : Driver.local(1 + random.nextInt(3));
            int before = runs.newest(id);
            try (Driver driver = runs.start(conf, command)) {
                while (done < faults && driver.isAlive()) {
                    runs.awaitCheckpoint(driver, id, before);
                    Thread.sleep(random.nextInt(300));
                    if (driver.isAlive()) {
                        Fault fault = fault(far);
                        System.out.println(
                                "fault " + ++done + " of " + id + (far ? " on the cluster: " : ": ") + fault);
                        inflict(fault, driver, id);
                        runs.requireReadable();
                        before = runs.newest(id);
                    }
                }
                code = driver.await();
                assertThat(code).as(driver.log()).isIn(ExitCode.DONE, ExitCode.INTERRUPTED, 128 + 9);
            }
            if (!sweep && runs.hasCheckpoint(id)) {
                command = runs.resume(id);
            }
        }
        if (sweep) {
            assertThat(runs.trialResults(id)).isEqualTo(runs.trialResults("whole-sweep"));
        } else {
            runs.requireSame(id, "whole");
        }
        if (code == ExitCode.DONE) { // else it was killed between its last row and the removal of its checkpoints
            runs.requireTidy(id);
        }
        return Math.max(done, 1); // it can end before its first
    }

    private Fault fault(boolean far) {
        List<Fault> possible = List.copyOf(
                far ? EnumSet.allOf(Fault.class) : EnumSet.range(Fault.KILL_DRIVER, Fault.STOP_DRIVER_FOR_A_MOMENT));
        return possible.get(random.nextInt(possible.size()));
    }

    private void inflict(Fault fault, Driver driver, String id) throws IOException, InterruptedException {
        switch (fault) {
            case KILL_DRIVER -> driver.kill();
            case TERMINATE_DRIVER -> {
                driver.signal("TERM");
                driver.await();
            }
            case DAMAGE_CHECKPOINT -> {
                driver.kill();
                runs.damageNewest(id);
            }
            case STOP_DRIVER_FOR_A_MOMENT -> {
                driver.signal("STOP");
                Thread.sleep(random.nextInt(1000));
                driver.signal("CONT");
            }
            case KILL_EXECUTOR -> executors().forEach(ProcessHandle::destroyForcibly);
            case STOP_EXECUTOR_FOR_A_MOMENT -> {
                for (ProcessHandle executor : executors()) {
                    Driver.signal(executor.pid(), "STOP");
                    Thread.sleep(random.nextInt(1000));
                    Driver.signal(executor.pid(), "CONT");
                }
            }
        }
    }

    // One of them, if any is there at this moment.
    private List<ProcessHandle> executors() {
        List<ProcessHandle> all = cluster.executors();
        return all.isEmpty() ? all : List.of(all.get(random.nextInt(all.size())));
    }
}
