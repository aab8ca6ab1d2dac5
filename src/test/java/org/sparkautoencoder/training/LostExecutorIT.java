package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkautoencoder.FreePort;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.exchange.ExchangeSettings.Topology;
import org.sparkautoencoder.exchange.RequestRelay;
import org.sparkautoencoder.exchange.RequestRelay.Kind;
import org.sparkautoencoder.kernel.InitialWeights;

/** Executors that are killed or stand still during trainings on a real standalone cluster. */
@Tag("long")
@Timeout(180)
final class LostExecutorIT extends ClusterTrainings {
    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"DENSE", "FACTORED"})
    void train_executorKilled_sameBits(Encoding encoding) {
        spark = cluster.connect(cluster.conf(2, 1), 2);
        List<Long> pids = spark.parallelize(List.of(1, 2), 2)
                .map(LostExecutorIT::pid)
                .distinct()
                .collect();
        assertThat(pids).hasSize(2);
        List<Epoch> epochs = new ArrayList<>();
        TrainingResult trained = train(spark, problems().get(0), network(encoding, Topology.ACTUAL), epoch -> {
            if (epoch.epoch() == 3 && epoch.attempt() == 0) {
                ProcessHandle.of(pids.get(0)).orElseThrow().destroyForcibly();
            }
            epochs.add(epoch);
        });
        assertThat(weights(trained)).isEqualTo(expected.get(0));
        assertThat(epochs.get(epochs.size() - 1).attempt()).isPositive();
    }

    @Timeout(400) // an executor takes seconds to come back
    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"DENSE", "FACTORED"})
    void train_executorKilledFiveTimes_goesOnToTheSameBits(Encoding encoding) {
        spark = cluster.connect(cluster.conf(2, 1), 2);
        List<Integer> killed = new ArrayList<>();
        TrainingResult trained =
                train(spark, SmallProblem.settings(40, 4, 1, null), network(encoding, Topology.ACTUAL), epoch -> {
                    if (epoch.epoch() >= 5 * (killed.size() + 1) && killed.size() < 5) {
                        killed.add(epoch.epoch());
                        killOneExecutor();
                    }
                });
        assertThat(killed).hasSize(5);
        try (JavaSparkContext other = spark) {
            assertThat(trained.epochs()).isEqualTo(40);
            assertThat(other.sc().isStopped()).isFalse();
        }
        spark = LocalSpark.start("local[1]");
        assertThat(weights(trained))
                .isEqualTo(weights(
                        train(spark, SmallProblem.settings(40, 4, 1, null), ExchangeSettings.DEFAULT, epoch -> {})));
    }

    @Test
    void train_executorKilledInTheFirstStepInAnEpochAndInAnEvaluation_sameBits() {
        spark = cluster.connect(cluster.conf(2, 1), 2);
        assertThat(attempts(network(Encoding.DENSE, Topology.ACTUAL), Kind.STEP, 1, this::killOneExecutor))
                .doesNotContain(0);
        // In the middle of the second epoch: ten steps of two requests are an epoch.
        assertThat(attempts(network(Encoding.FACTORED, Topology.ACTUAL), Kind.STEP, 30, this::killOneExecutor))
                .containsOnlyOnce(0);
        // The third epoch is the second that is evaluated.
        assertThat(attempts(network(Encoding.DENSE, Topology.ACTUAL), Kind.EVALUATED, 3, this::killOneExecutor))
                .startsWith(0, 0)
                .satisfies(attempts -> assertThat(attempts.get(2)).isPositive());
    }

    @Test
    void train_executorKilledBetweenTwoJobs_waitsForAnother() {
        SparkConf conf = cluster.conf(2, 1)
                .set("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
                .set("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "1");
        spark = cluster.connect(conf, 2);
        TrainingSettings settings = problems().get(0);
        TrainingResult trained = new Trainer(spark, "paused", settings, network(Encoding.FACTORED, Topology.ACTUAL))
                .train(
                        SmallProblem.rows(spark, settings, 2, 3),
                        Checkpoint.initial(InitialWeights.draw(settings.layers(), settings.seed())),
                        epoch -> {},
                        new PauseSchedule() {
                            @Override
                            public int nextPause(int epochs) {
                                return epochs < 3 ? 3 : Integer.MAX_VALUE;
                            }

                            @Override
                            public boolean resumes(Epoch last) {
                                killOneExecutor();
                                await(() -> Cluster.slots(spark) < 2);
                                return true;
                            }
                        },
                        null);
        assertThat(weights(trained)).isEqualTo(expected.get(0));
    }

    @Test
    void train_executorPausedForLessThanTheTimeLimit_sameBitsWithoutAFailure() {
        spark = cluster.connect(cluster.conf(2, 1), 2);
        for (Encoding encoding : List.of(Encoding.DENSE, Encoding.FACTORED)) {
            assertThat(attempts(network(encoding, Topology.ACTUAL), Kind.STEP, 30, () -> {
                        ProcessHandle executor = executors().get(0);
                        signal(executor, "STOP");
                        sleep(1_000);
                        signal(executor, "CONT");
                    }))
                    .containsOnly(0);
        }
    }

    @Test
    void train_executorPausedForLongerThanTheTimeLimit_goesOnWhenItIsBackOrReplaced() {
        spark = cluster.connect(noticingLossesSoon(cluster.conf(2, 1)), 2);
        List<ProcessHandle> paused = new ArrayList<>();
        Runnable pause = () -> {
            paused.add(executors().get(0));
            signal(paused.get(paused.size() - 1), "STOP");
        };
        SparkListener resume = new SparkListener() {
            @Override
            public void onStageSubmitted(SparkListenerStageSubmitted stage) {
                paused.forEach(executor -> signal(executor, "CONT"));
            }
        };
        try (LogLines lines = new LogLines()) {
            spark.sc().addSparkListener(resume);
            assertThat(attempts(patience(4), Kind.STEP, 30, pause).get(EPOCHS - 1))
                    .isPositive();
            spark.sc().removeSparkListener(resume);

            // One failure would end the training if it counted.
            assertThat(attempts(patience(1), Kind.STEP, 30, pause).get(EPOCHS - 1))
                    .isPositive();
            assertThat(lines.with("waiting for an executor"))
                    .contains("waiting for an executor: 1 of 2 workers have a slot; up to 71 s");
        } finally {
            paused.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static ExchangeSettings patience(int maxFailures) {
        return new ExchangeSettings(Encoding.FACTORED, 0, 3, maxFailures, Topology.ACTUAL);
    }

    // The attempt of each epoch of a training during which something happens; its weights are the expected ones.
    private List<Integer> attempts(ExchangeSettings exchange, Kind kind, int nth, Runnable action) {
        int port = FreePort.find();
        List<Integer> attempts = new ArrayList<>();
        try (RequestRelay relay = new RequestRelay(port, kind, nth, action)) {
            SparkEnv.get().conf().set("spark.exchange.advertisedPort", Integer.toString(relay.port()));
            ExchangeSettings relayed = new ExchangeSettings(
                    exchange.encoding(), port, exchange.timeoutSeconds(), exchange.maxFailures(), exchange.topology());
            TrainingResult trained = train(spark, problems().get(0), relayed, epoch -> attempts.add(epoch.attempt()));
            assertThat(weights(trained)).isEqualTo(expected.get(0));
        } finally {
            SparkEnv.get().conf().remove("spark.exchange.advertisedPort");
        }
        return attempts;
    }

    private void killOneExecutor() {
        ProcessHandle executor = executors().get(0);
        executor.destroyForcibly();
        executor.onExit().join();
    }

    // Those of this test's application: they are children of the cluster's workers.
    private List<ProcessHandle> executors() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> {
                    String command = commandLine(process);
                    return command.contains("CoarseGrainedExecutorBackend")
                            && command.contains(spark.sc().applicationId());
                })
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) { // it has ended
            return "";
        }
    }

    private static void signal(ProcessHandle process, String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin).isLessThan(60_000_000_000L);
            sleep(20);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long pid(int task) throws InterruptedException {
        Thread.sleep(300); // so that each executor takes one
        return ProcessHandle.current().pid();
    }
}
