package org.sparkautoencoder.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.Pass;

@Timeout(60)
final class InMemoryExchangeTest {
    private static final Layers LAYERS = new Layers(40, 20, 40);

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
    void step_steadyState_allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Coordinator coordinator = open("allocation", 1, 60);
                Exchange exchange = Coordinator.join("allocation", 0, 0, 1)) {
            Pass pass = new Pass(LAYERS, 16);
            exchange.share(0, pass);
            steps(exchange, pass, 2_000);
            long before = threads.getCurrentThreadAllocatedBytes();
            steps(exchange, pass, 1_000);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
            assertThat(exchange.parameters()).isNotEqualTo(coordinator.parameters());
            exchange.complete();
        }
    }

    @Test
    void step_otherWorkerMissing_endsAfterTheLimitAndSaysSo() {
        try (Coordinator coordinator = open("missing", 2, 1);
                Exchange exchange = Coordinator.join("missing", 0, 0, 2)) {
            exchange.share(0, new Pass(LAYERS, 1));
            exchange.share(1, new Pass(LAYERS, 1));
            assertThatThrownBy(() -> exchange.step())
                    .isInstanceOf(AttemptFailedException.class)
                    .hasMessageContaining("waited 1 s")
                    .hasMessageContaining("1 of 2 workers");
            assertThat(coordinator.epochs()).isZero();
        }
    }

    @Test
    void step_otherWorkerFailed_endsAtOnce() throws InterruptedException {
        try (Coordinator coordinator = open("failed", 2, 60);
                Exchange exchange = Coordinator.join("failed", 0, 0, 2)) {
            exchange.share(0, new Pass(LAYERS, 1));
            Thread other = new Thread(() -> Coordinator.join("failed", 0, 1, 2).close());
            other.start();
            assertThatThrownBy(() -> exchange.step())
                    .isInstanceOf(AttemptFailedException.class)
                    .hasMessageContaining("worker 1 failed");
            other.join();
            assertThat(coordinator.epochs()).isZero();
        }
    }

    @Test
    void join_nextAttempt_beginsWithTheStateOfTheLastEpochsEnd() {
        try (Coordinator coordinator = open("again", 1, 60)) {
            float[] safe = coordinator.parameters();
            try (Exchange first = Coordinator.join("again", 0, 0, 1)) {
                Pass pass = new Pass(LAYERS, 16);
                first.share(0, pass);
                steps(first, pass, 3);
                assertThat(first.parameters()).isNotEqualTo(safe);
            }
            try (Exchange second = Coordinator.join("again", 1, 0, 1)) {
                assertThat(second.parameters()).isEqualTo(safe);
                assertThatThrownBy(() -> Coordinator.join("again", 0, 0, 1).close())
                        .hasMessageContaining("attempt 0 is over");
                second.sums(0, new double[] {1});
                assertThat(second.endEpoch(false)).isEqualTo(Next.STOP);
                second.complete();
            }
            assertThat(coordinator.epochs()).isEqualTo(1);
        }
        assertThatThrownBy(() -> Coordinator.join("again", 2, 0, 1).close()).hasMessageContaining("not being trained");
    }

    private static Coordinator open(String runId, int shards, int limitSeconds) {
        float[] initial = new float[LAYERS.parameters()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) (0.1 * Math.sin(i));
        }
        return Coordinator.open(runId, LAYERS, new Momentum(0.1f, 0.9f), shards, initial, STOP_AT_ONCE, limitSeconds);
    }

    private static void steps(Exchange exchange, Pass pass, int steps) {
        for (int step = 0; step < steps; step++) {
            pass.rows(16);
            pass.input()[step % 640] = 1f;
            pass.forward(exchange.parameters());
            exchange.loss(0, pass.backward(exchange.parameters(), 1f / 160));
            exchange.step();
        }
    }
}
