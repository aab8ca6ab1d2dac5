package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkautoencoder.FreePort;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.StandaloneCluster;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.exchange.ExchangeSettings.Topology;
import org.sparkautoencoder.exchange.RequestRelay;
import org.sparkautoencoder.exchange.RequestRelay.Kind;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.training.Relay.Disturbance;

/** Trainings on a real standalone cluster, against the same on one core. */
@Timeout(180)
final class ClusterIT {
    private static final int EPOCHS = 12;

    @TempDir
    private static Path folder;

    private static StandaloneCluster cluster;
    private static List<String> expected;

    private JavaSparkContext spark;

    @BeforeAll
    static void trainOnOneCore() {
        cluster = StandaloneCluster.start(folder.resolve("cluster"), false);
        try (JavaSparkContext local = LocalSpark.start("local[1]")) {
            expected = problems().stream()
                    .map(settings -> weights(train(local, settings, ExchangeSettings.DEFAULT, epoch -> {})))
                    .toList();
        }
        assertThat(expected).doesNotHaveDuplicates();
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void stop() {
        if (spark != null) {
            spark.stop();
            spark = null;
        }
    }

    private static List<TrainingSettings> problems() {
        return List.of(
                SmallProblem.settings(EPOCHS, 4, 1, null),
                SmallProblem.settings(EPOCHS, 4, 1, MaskingNoise.Mode.FIXED),
                SmallProblem.classifier(EPOCHS, 4, 1),
                SmallProblem.wide(2, 4),
                SmallProblem.deep(2, 4));
    }

    @Test
    void train_localCoresAndExchange_sameBits() {
        spark = LocalSpark.start("local[2]");
        assertThat(weights(ExchangeSettings.DEFAULT)).isEqualTo(expected);
        assertThat(weights(network(Encoding.DENSE, Topology.EXECUTOR_PER_WORKER)))
                .isEqualTo(expected);
        assertThat(weights(network(Encoding.FACTORED, Topology.EXECUTOR_PER_WORKER)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1", "2, 2", "3, 1"})
    void train_executorsCoresAndEncoding_sameBits(int executors, int cores) {
        spark = cluster.connect(cluster.conf(executors, cores), executors);
        assertThat(weights(network(Encoding.DENSE, Topology.ACTUAL))).isEqualTo(expected);
        assertThat(weights(network(Encoding.FACTORED, Topology.ACTUAL))).isEqualTo(expected);
        TrainingResult trained = train(spark, problems().get(0), ExchangeSettings.DEFAULT, epoch -> {});
        assertThat(trained.executors()).isEqualTo(executors);
        assertThat(trained.workers()).isEqualTo(executors * cores);
    }

    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"DENSE", "FACTORED"})
    void train_executorKilled_sameBits(Encoding encoding) {
        spark = cluster.connect(cluster.conf(2, 1), 2);
        List<Long> pids = spark.parallelize(List.of(1, 2), 2)
                .map(ClusterIT::pid)
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

    private static SparkConf noticingLossesSoon(SparkConf conf) {
        return conf.set("spark.network.timeout", "10s")
                .set("spark.network.timeoutInterval", "1s")
                .set("spark.executor.heartbeatInterval", "1s");
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

    @Test
    void train_asManyWorkersAsAnExecutorHasCores_areInOneExecutor() {
        spark = cluster.connect(cluster.conf(2, 2), 2);
        for (int i = 0; i < 3; i++) {
            TrainingSettings settings = SmallProblem.wide(2, 1);
            TrainingRows rows = SmallProblem.rows(spark, settings, 2, 3);
            TrainingResult trained = new Trainer(spark, "placed-" + i, settings)
                    .train(rows, InitialWeights.draw(settings.layers(), settings.seed()), epoch -> {});
            assertThat(trained.workers()).isEqualTo(2);
            assertThat(trained.executors()).isEqualTo(1);
            rows.release();
        }
    }

    @Test
    void train_clusterWithoutAuthentication_warnsOnceAndOnALocalMasterNever() {
        try (LogLines lines = new LogLines()) {
            spark = cluster.connect(cluster.conf(1, 1), 1);
            for (int i = 0; i < 2; i++) {
                train(spark, problems().get(0), ExchangeSettings.DEFAULT, epoch -> {});
            }
            assertThat(lines.with("spark.authenticate is off")).hasSize(1);
            stop();
            spark = LocalSpark.start("local[1]");
            train(spark, problems().get(0), ExchangeSettings.DEFAULT, epoch -> {});
            assertThat(lines.with("spark.authenticate is off")).hasSize(1);
        }
    }

    @Test
    void train_encrypted_sameBitsNothingInPlainAndNoWarning() {
        TrainingSettings settings = problems().get(0);
        spark = cluster.connect(cluster.conf(2, 1), 2);
        byte[] row = firstInputs(settings);
        byte[] weights = bytes(InitialWeights.draw(settings.layers(), settings.seed()), 0, 16);
        byte[] plain = throughRelay(settings);
        assertThat(contains(plain, row)).isTrue();
        assertThat(contains(plain, weights)).isTrue();
        stop();
        try (StandaloneCluster secured = StandaloneCluster.start(folder.resolve("secured"), true);
                LogLines lines = new LogLines()) {
            spark = secured.connect(secured.conf(2, 1), 2);
            byte[] encrypted = throughRelay(settings);
            assertThat(encrypted.length).isGreaterThan(plain.length / 2);
            assertThat(contains(encrypted, row)).isFalse();
            assertThat(contains(encrypted, weights)).isFalse();
            assertThat(weights(network(Encoding.DENSE, Topology.ACTUAL))).isEqualTo(expected);
            assertThat(weights(network(Encoding.FACTORED, Topology.ACTUAL))).isEqualTo(expected);
            assertThat(lines.with("spark.authenticate")).isEmpty();
            stop();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Disturbance.class,
            names = {"CUT", "STALL", "SLOW"})
    void train_disturbedConnection_recoversWithTheSameBits(Disturbance disturbance) {
        spark = cluster.connect(cluster.conf(2, 1), 2);
        int port = FreePort.find();
        for (Encoding encoding : List.of(Encoding.DENSE, Encoding.FACTORED)) {
            try (Relay relay = new Relay(port, disturbance, 150_001)) {
                SparkEnv.get().conf().set("spark.exchange.advertisedPort", Integer.toString(relay.port()));
                List<Epoch> epochs = new ArrayList<>();
                TrainingResult trained = train(
                        spark,
                        problems().get(0),
                        new ExchangeSettings(encoding, port, 3, Topology.ACTUAL),
                        epochs::add);
                assertThat(weights(trained)).isEqualTo(expected.get(0));
                assertThat(relay.disturbed()).isTrue();
                assertThat(epochs.get(epochs.size() - 1).attempt()).isEqualTo(disturbance == Disturbance.SLOW ? 0 : 1);
            }
        }
    }

    @Test
    void train_connectionThatAlwaysStalls_endsWithWhomItWaitedFor() {
        spark = cluster.connect(noticingLossesSoon(cluster.conf(2, 1)), 2);
        int port = FreePort.find();
        try (Relay relay = new Relay(port, Disturbance.STALL_EVERY_SECOND, 60_000)) {
            SparkEnv.get().conf().set("spark.exchange.advertisedPort", Integer.toString(relay.port()));
            ExchangeSettings exchange = new ExchangeSettings(Encoding.FACTORED, port, 2, Topology.ACTUAL);
            long begin = System.nanoTime();
            assertThatThrownBy(() -> train(spark, problems().get(0), exchange, epoch -> {}))
                    .isInstanceOf(TrainingFailedException.class)
                    .hasMessageMatching("waited 2 s for executor \\d on 127\\.0\\.0\\.1 \\(shards? \\d.*\\).*");
            assertThat(System.nanoTime() - begin).isLessThan(60_000_000_000L);
            assertThat(relay.disturbed()).isTrue();
        }
    }

    @Test
    void train_driverNotReached_endsSoonWithWhatToChange() {
        spark = cluster.connect(cluster.conf(2, 1), 2);
        SparkEnv.get().conf().set("spark.exchange.advertisedPort", Integer.toString(FreePort.find()));
        long begin = System.nanoTime();
        assertThatThrownBy(() -> train(spark, problems().get(0), ExchangeSettings.DEFAULT, epoch -> {}))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("cannot reach the exchange on the driver, 127.0.0.1:")
                .hasMessageContaining("--exchange-port");
        assertThat(System.nanoTime() - begin).isLessThan(30_000_000_000L);
    }

    @Test
    void train_tooFewSlots_endsSoonWithWhatToChange() {
        spark = cluster.connect(cluster.conf(1, 1), 1);
        long begin = System.nanoTime();
        TrainingSettings settings = problems().get(0);
        TrainingRows rows = SmallProblem.rows(spark, settings, 4, 2);
        assertThatThrownBy(() -> new Trainer(spark, "few", settings)
                        .train(rows, InitialWeights.draw(settings.layers(), 1), epoch -> {}))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("4 workers")
                .hasMessageContaining("room for 1 tasks")
                .hasMessageContaining("--workers 1");
        assertThat(System.nanoTime() - begin).isLessThan(30_000_000_000L);
    }

    @Test
    void await_executorsWithoutTheProgram_saysSo() {
        SparkConf conf = cluster.conf(1, 1);
        conf.remove("spark.executor.extraClassPath");
        spark = cluster.connect(conf, 1);
        assertThatThrownBy(() -> Cluster.await(spark))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("do not have this program's classes");
    }

    @Test
    void check_settingsWithWhichNoTrainingRuns_areNamed() {
        assertThatThrownBy(() -> Cluster.check(cluster.conf(1, 1).set("spark.dynamicAllocation.enabled", "true")))
                .hasMessageContaining("spark.dynamicAllocation.enabled=false");
        assertThatThrownBy(() -> Cluster.check(cluster.conf(1, 1).set("spark.speculation", "true")))
                .hasMessageContaining("spark.speculation=false");
        Cluster.check(cluster.conf(1, 1));
    }

    @Test
    void train_twentyTimes_nothingIsLeftBehind() throws InterruptedException {
        spark = cluster.connect(cluster.conf(2, 1), 2);
        TrainingSettings settings = SmallProblem.settings(2, 4, 1, null);
        runs(settings, 5);
        List<Footprint> before = footprints();
        runs(settings, 20);
        List<Footprint> after = footprints();
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).exchangeThreads()).isZero();
            assertThat(after.get(i).files()).isLessThanOrEqualTo(before.get(i).files() + 2);
            assertThat(after.get(i).newThreads(before.get(i))).hasSizeLessThanOrEqualTo(4);
            assertThat(after.get(i).heapBytes()).isLessThan(before.get(i).heapBytes() + 8_000_000L);
        }
    }

    private void runs(TrainingSettings settings, int times) throws InterruptedException {
        TrainingRows rows = SmallProblem.rows(spark, settings, 2, 2);
        for (int i = 0; i < times; i++) {
            Encoding encoding = i % 2 == 0 ? Encoding.DENSE : Encoding.FACTORED;
            new Trainer(spark, "run-" + i, settings, network(encoding, Topology.ACTUAL))
                    .train(rows, InitialWeights.draw(settings.layers(), 1), epoch -> {});
        }
        rows.release();
        Thread.sleep(4_000); // Netty's threads take two seconds to end
    }

    private List<Footprint> footprints() {
        List<Footprint> all = new ArrayList<>(
                spark.parallelize(List.of(1, 2), 2).map(Footprint::measure).collect());
        all.sort((a, b) -> a.executor().compareTo(b.executor()));
        all.add(Footprint.measure(0));
        return all;
    }

    private byte[] throughRelay(TrainingSettings settings) {
        int port = FreePort.find();
        try (Relay relay = new Relay(port, Disturbance.NONE, 0)) {
            SparkEnv.get().conf().set("spark.exchange.advertisedPort", Integer.toString(relay.port()));
            TrainingResult trained = train(
                    spark, settings, new ExchangeSettings(Encoding.FACTORED, port, 20, Topology.ACTUAL), epoch -> {});
            assertThat(weights(trained)).isEqualTo(expected.get(0));
            assertThat(relay.connections()).isEqualTo(2);
            return relay.kept();
        } finally {
            SparkEnv.get().conf().remove("spark.exchange.advertisedPort");
        }
    }

    private byte[] firstInputs(TrainingSettings settings) {
        float[] inputs =
                SmallProblem.rows(spark, settings, 2, 2).train().first().inputs();
        return bytes(inputs, 0, SmallProblem.WIDTH);
    }

    private static byte[] bytes(float[] values, int from, int n) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, from, n);
        return bytes.array();
    }

    private static boolean contains(byte[] all, byte[] part) {
        return IntStream.rangeClosed(0, all.length - part.length)
                .anyMatch(at -> all[at] == part[0]
                        && all[at + 1] == part[1]
                        && Arrays.equals(all, at, at + part.length, part, 0, part.length));
    }

    private List<String> weights(ExchangeSettings exchange) {
        return problems().stream()
                .map(settings -> weights(train(spark, settings, exchange, epoch -> {})))
                .toList();
    }

    private static String weights(TrainingResult trained) {
        return ModelFolder.sha256(trained.parameters());
    }

    private static ExchangeSettings network(Encoding encoding, Topology topology) {
        return new ExchangeSettings(encoding, 0, 20, topology);
    }

    private static TrainingResult train(
            JavaSparkContext spark, TrainingSettings settings, ExchangeSettings exchange, TrainingListener listener) {
        int workers = Math.min(settings.shards(), Cluster.slots(spark));
        TrainingRows rows = SmallProblem.rows(spark, settings, workers, 3);
        TrainingResult trained = new Trainer(spark, "run-" + System.nanoTime(), settings, exchange)
                .train(rows, InitialWeights.draw(settings.layers(), settings.seed()), listener);
        assertThat(trained.outcome()).isEqualTo(TrainingOutcome.FINISHED);
        rows.release();
        return trained;
    }

    private static long pid(int task) throws InterruptedException {
        Thread.sleep(300); // so that each executor takes one
        return ProcessHandle.current().pid();
    }
}
