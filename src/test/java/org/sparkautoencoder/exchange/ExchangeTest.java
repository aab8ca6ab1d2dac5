package org.sparkautoencoder.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.kernel.Snapshot;

@Timeout(60)
final class ExchangeTest {
    private static final NeuronBlocks BLOCKS = new NeuronBlocks(new Layers(40, 20, 40), OutputLayer.SIGMOID, 16);

    private static final EpochRule STOP_AT_ONCE = new EpochRule() {
        @Override
        public void begun(int attempt, int epoch) {}

        @Override
        public Next trained(int attempt, int epoch, double[] sums, TimeSpent spent) {
            return Next.STOP;
        }

        @Override
        public Next evaluated(int attempt, int epoch, double[] sums) {
            return Next.STOP;
        }

        @Override
        public void diverged(int attempt, int epoch, int step) {}
    };

    @Test
    void awaitLosses_otherWorkerMissing_endsAfterTheLimitAndSaysSo() {
        try (Coordinator coordinator = open("missing", 1);
                Exchange exchange = Coordinator.join("missing", 0, 0, 2)) {
            assertThatThrownBy(() -> exchange.awaitLosses(true))
                    .isInstanceOf(AttemptFailedException.class)
                    .hasMessageContaining("waited 1 s")
                    .hasMessageContaining("1 of 2 workers");
            assertThat(coordinator.epochs()).isZero();
        }
    }

    @Test
    void awaitLosses_otherWorkerFailed_endsAtOnce() throws InterruptedException {
        try (Coordinator coordinator = open("failed", 60);
                Exchange exchange = Coordinator.join("failed", 0, 0, 2)) {
            Thread other = new Thread(() -> Coordinator.join("failed", 0, 1, 2).close());
            other.start();
            assertThatThrownBy(() -> exchange.awaitLosses(true))
                    .isInstanceOf(AttemptFailedException.class)
                    .hasMessageContaining("worker 1 failed");
            other.join();
            assertThat(coordinator.epochs()).isZero();
        }
    }

    @Test
    void join_nextAttempt_beginsWithTheStateOfTheLastEpochsEnd() {
        try (Coordinator coordinator = open("again", 60)) {
            float[] snapshot = coordinator.snapshot().parameters();
            try (Exchange first = Coordinator.join("again", 0, 0, 1)) {
                assertThat(first.begin(new int[] {0})).isTrue();
                first.parameters()[0]++;
                first.velocity()[0]++;
            }
            try (Exchange second = Coordinator.join("again", 1, 0, 1)) {
                assertThat(second.begin(new int[] {0})).isTrue();
                assertThat(second.parameters()).isEqualTo(snapshot);
                assertThat(second.velocity()).containsOnly(0f);
                assertThatThrownBy(() -> Coordinator.join("again", 0, 0, 1).close())
                        .hasMessageContaining("attempt 0 has ended");
                assertThat(second.endEpoch(false, () -> Map.of(0, new double[] {1})))
                        .isEqualTo(Next.STOP);
                second.complete();
            }
            assertThat(coordinator.epochs()).isEqualTo(1);
        }
        assertThatThrownBy(() -> Coordinator.join("again", 2, 0, 1).close()).hasMessageContaining("not being trained");
    }

    @Test
    void awaitLosses_allWorkersInOneExecutor_sendNothing() {
        try (JavaSparkContext spark = LocalSpark.start("local[1]");
                Coordinator coordinator = open("alone", 60)) {
            ExchangeSettings settings =
                    new ExchangeSettings(Encoding.AUTO, 0, 20, ExchangeSettings.Topology.ONE_EXECUTOR);
            ExchangeHandle handle = coordinator.listen(SparkEnv.get(), settings, 16);
            assertThat(spark.isLocal()).isTrue();
            try (Exchange exchange = handle.join(WorkerRank.inOneJvm(0, 0, 1))) {
                assertThat(exchange.begin(new int[] {0})).isTrue();
                assertThat(exchange.isAlone()).isTrue();
                for (int step = 0; step < 100; step++) {
                    exchange.parameters()[0]++;
                    assertThat(exchange.awaitLosses(true)).isTrue();
                }
                assertThat(coordinator.requestsReceived()).isEqualTo(0);
                float first = exchange.parameters()[0];
                assertThat(exchange.endEpoch(false, () -> Map.of(0, new double[] {1})))
                        .isEqualTo(Next.STOP);
                assertThat(coordinator.requestsReceived()).isEqualTo(1);
                assertThat(coordinator.snapshot().parameters()[0]).isEqualTo(first);
                exchange.complete();
            }
        }
    }

    @Test
    void requestStop_allWorkersInOneExecutor_endsWithinTheEpoch() throws InterruptedException {
        try (JavaSparkContext spark = LocalSpark.start("local[1]");
                Coordinator coordinator = open("stopped", 60)) {
            assertThat(spark.isLocal()).isTrue();
            ExchangeSettings settings =
                    new ExchangeSettings(Encoding.AUTO, 0, 20, ExchangeSettings.Topology.ONE_EXECUTOR);
            ExchangeHandle handle = coordinator.listen(SparkEnv.get(), settings, 16);
            try (Exchange exchange = handle.join(WorkerRank.inOneJvm(0, 0, 1))) {
                assertThat(exchange.begin(new int[] {0})).isTrue();
                assertThat(exchange.awaitLosses(true)).isTrue();
                coordinator.requestStop();
                while (exchange.awaitLosses(true)) {
                    Thread.sleep(1);
                }
                exchange.complete();
            }
            assertThat(coordinator.epochs()).isZero();
        }
    }

    private static Coordinator open(String runId, int timeoutSeconds) {
        float[] initial = new float[BLOCKS.layers().parameters()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) (0.1 * Math.sin(i));
        }
        return Coordinator.open(
                runId, BLOCKS, new Momentum(0.1f, 0.9f), 1, Snapshot.initial(initial), STOP_AT_ONCE, timeoutSeconds);
    }
}
