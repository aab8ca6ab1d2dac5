package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkautoencoder.FreePort;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.StandaloneCluster;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.exchange.ExchangeSettings.Topology;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.training.Relay.Disturbance;

/** Trainings on a real standalone cluster, against the same on one core. */
@Timeout(180)
final class ClusterIT extends ClusterTrainings {
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
}
