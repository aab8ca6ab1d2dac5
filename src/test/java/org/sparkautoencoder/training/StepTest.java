package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.exchange.Coordinator;
import org.sparkautoencoder.exchange.EpochRule;
import org.sparkautoencoder.exchange.Exchange;
import org.sparkautoencoder.exchange.TimeSpent;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.Snapshot;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;

@Timeout(60)
final class StepTest {
    private static final int MAX_EPOCHS = 2_000;
    private static final int EPOCHS_WITHOUT_ALLOCATION = 30;

    @ParameterizedTest
    @CsvSource({"1, false", "3, false", "1, true", "3, true"})
    void run_steadyState_allocatesNothing(int shards, boolean linear) {
        TrainingSettings settings = linear
                ? SmallProblem.smallLinear(1, shards)
                : SmallProblem.settings(1, shards, 1, MaskingNoise.Mode.FRESH);
        Sharding sharding = settings.sharding(3_200);
        NeuronBlocks blocks = settings.blocks(sharding);
        WorkerRows rows = new WorkerRows();
        for (int shard = 0; shard < shards; shard++) {
            rows.train().add(shard(shard, sharding.rowsOf(shard)));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] initial = InitialWeights.draw(settings.layers(), 1);
        try (Coordinator coordinator = Coordinator.open(
                        "allocation",
                        blocks,
                        settings.momentum(),
                        shards,
                        Snapshot.initial(initial),
                        new Endless(),
                        60);
                Exchange exchange = Coordinator.join("allocation", 0, 0, 1)) {
            LocalShards local = exchange.combine(rows, all -> new LocalShards(all, settings, sharding, blocks));
            assertThat(exchange.begin(local.indices())).isTrue();
            Step step = new Step(settings, sharding, blocks, local, exchange);
            // The JIT compiler removes the last allocations when it has compiled the step, sooner or later.
            int without = 0;
            for (int epoch = 0; epoch < MAX_EPOCHS && without < EPOCHS_WITHOUT_ALLOCATION; epoch++) {
                step.beginEpoch(epoch);
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < sharding.stepsPerEpoch(); i++) {
                    assertThatStep(step.run(i));
                }
                without = threads.getCurrentThreadAllocatedBytes() == before ? without + 1 : 0;
            }
            assertThat(without).isEqualTo(EPOCHS_WITHOUT_ALLOCATION);
            assertThat(exchange.parameters())
                    .isNotEqualTo(coordinator.snapshot().parameters());
            exchange.complete();
        }
    }

    // An assertion of the library's would allocate.
    private static void assertThatStep(boolean goesOn) {
        if (!goesOn) {
            throw new AssertionError("the training ended");
        }
    }

    private static Shard shard(int index, int rows) {
        Random random = new Random(index);
        float[] values = new float[rows * SmallProblem.WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new Shard(index, new long[rows], new short[rows], values, values);
    }

    private static final class Endless implements EpochRule {
        @Override
        public void begun(int attempt, int epoch) {}

        @Override
        public Next trained(int attempt, int epoch, double[] sums, TimeSpent spent) {
            return Next.CONTINUE;
        }

        @Override
        public Next evaluated(int attempt, int epoch, double[] sums) {
            return Next.CONTINUE;
        }

        @Override
        public void diverged(int attempt, int epoch, int step) {
            throw new IllegalStateException("diverged at step " + step);
        }
    }
}
