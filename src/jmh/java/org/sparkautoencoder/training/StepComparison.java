package org.sparkautoencoder.training;

import org.sparkautoencoder.kernel.Snapshot;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.exchange.Coordinator;
import org.sparkautoencoder.exchange.EpochRule;
import org.sparkautoencoder.exchange.Exchange;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.Processor;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.exchange.TimeSpent;

import com.sun.management.ThreadMXBean;
import dev.ludovic.netlib.blas.BLAS;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;

/**
 * A training step of 784-200-784 on one and on two cores, against its five matrix products alone and against the physical limit,
 * all on the same cores in turns: prints the medians and their ratios, and the bytes that a step allocates. The products are
 * five calls of sgemm on each core, for half of the neurons where there are two; the limit is their FLOPs over the rate of
 * sgemm on large matrices.
 *
 * <p>{@code mvn -q -Pjmh test-compile exec:exec -Dmain=org.sparkautoencoder.training.StepComparison [-Dbench=BATCH]}
 */
public final class StepComparison {
    private static final Layers LAYERS = new Layers(784, 200, 784);
    private static final int ROWS = 4_000;
    private static final int ROUNDS = 15;
    private static final int LARGE = 1_024;

    private StepComparison() {}

    public static void main(String[] arguments) throws Exception {
        int batch = arguments.length > 0 && arguments[0].matches("\\d+") ? Integer.parseInt(arguments[0]) : 32;
        System.out.println(Blas.name() + " on " + Processor.describe());
        double flops = 2.0 * batch * (3L * 784 * 200 + 2L * 784 * 200);
        double[] one = null;
        for (int workers = 1; workers <= 2; workers++) {
            double[] medians = measure(workers, batch);
            double limit = flops / medians[2] / 1e3;
            System.out.printf(
                    Locale.ROOT,
                    "%d %s: step %.1f us; five products %.1f us, ratio %.2f; limit %.1f us (%.1f GFLOP/s), ratio %.2f%n",
                    workers,
                    workers == 1 ? "core" : "cores",
                    medians[0],
                    medians[1],
                    medians[0] / medians[1],
                    limit,
                    medians[2],
                    medians[0] / limit);
            if (one == null) {
                one = medians;
            } else {
                System.out.printf(Locale.ROOT, "two cores %.2f times as fast as one%n", one[0] / medians[0]);
            }
        }
    }

    // Microseconds of a step and of its products, and the GFLOP/s of large products.
    private static double[] measure(int workers, int batch) throws Exception {
        TrainingSettings settings = new TrainingSettings(
                Task.RECONSTRUCT,
                LAYERS,
                OutputLayer.SIGMOID,
                1,
                batch,
                TrainingSettings.defaultShards(batch),
                new Momentum(0.01f, 0.9f),
                1,
                new MaskingNoise(0.4, 0.05, 1, MaskingNoise.Mode.FIXED),
                null,
                1);
        Sharding sharding = settings.sharding(ROWS);
        NeuronBlocks blocks = settings.blocks(sharding);
        String runId = "steps-" + workers;
        double[][] times = new double[3][ROUNDS];
        try (Coordinator coordinator = Coordinator.open(
                runId,
                blocks,
                settings.momentum(),
                sharding.shards(),
                Snapshot.initial(InitialWeights.draw(LAYERS, 1)),
                new Forever(),
                60)) {
            Steps[] steps = new Steps[workers];
            Products[] products = new Products[workers];
            Large[] large = new Large[workers];
            for (int i = 0; i < workers; i++) {
                steps[i] = new Steps(runId, settings, sharding, blocks, i, workers);
                products[i] = new Products(batch, workers);
                large[i] = new Large();
            }
            for (int round = -3; round < ROUNDS; round++) {
                double step = seconds(workers, worker -> steps[worker].run()) / steps[0].count();
                double product = seconds(workers, worker -> products[worker].run()) / Products.TIMES;
                double multiply = seconds(workers, worker -> large[worker].run());
                if (round >= 0) {
                    times[0][round] = step * 1e6;
                    times[1][round] = product * 1e6;
                    times[2][round] = workers * 2.0 * LARGE * LARGE * LARGE / multiply / 1e9;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "allocated by a step: %.3f bytes (%d workers)%n",
                    steps[0].allocated / (double) steps[0].count(),
                    workers);
            coordinator.requestStop();
        }
        return Arrays.stream(times).mapToDouble(StepComparison::median).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double seconds(int workers, IntConsumer work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(workers + 1);
        Thread[] threads = new Thread[workers];
        for (int i = 0; i < workers; i++) {
            int worker = i;
            threads[i] = new Thread(() -> {
                try {
                    start.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                work.accept(worker);
            });
            threads[i].start();
        }
        start.await();
        long begin = System.nanoTime();
        for (Thread thread : threads) {
            thread.join();
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** One worker's steps, through the training's own code. */
    private static final class Steps {
        private final String runId;
        private final TrainingSettings settings;
        private final Sharding sharding;
        private final NeuronBlocks blocks;
        private final int worker;
        private final int workers;
        private Step step;
        private int epoch;
        private long allocated;

        Steps(String runId, TrainingSettings settings, Sharding sharding, NeuronBlocks blocks, int worker, int workers) {
            this.runId = runId;
            this.settings = settings;
            this.sharding = sharding;
            this.blocks = blocks;
            this.worker = worker;
            this.workers = workers;
        }

        int count() {
            return 4 * sharding.stepsPerEpoch();
        }

        void run() {
            if (step == null) {
                WorkerRows rows = new WorkerRows();
                for (int shard = worker; shard < sharding.shards(); shard += workers) {
                    rows.train().add(shard(shard));
                }
                Exchange exchange = Coordinator.join(runId, 0, worker, workers);
                LocalShards local = exchange.combine(rows, all -> new LocalShards(all, settings, sharding, blocks));
                exchange.begin(local.indices());
                step = new Step(settings, sharding, blocks, local, exchange);
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            allocated = 0;
            for (int i = 0; i < 4; i++) {
                step.beginEpoch(epoch++);
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int k = 0; k < sharding.stepsPerEpoch(); k++) {
                    step.run(k);
                }
                allocated += threads.getCurrentThreadAllocatedBytes() - before;
            }
        }

        private Shard shard(int index) {
            int n = sharding.rowsOf(index);
            Random random = new Random(index);
            float[] clean = new float[n * 784];
            float[] noised = new float[n * 784];
            long[] ids = new long[n];
            for (int i = 0; i < clean.length; i++) {
                clean[i] = random.nextFloat() < 0.2f ? random.nextFloat() : 0f;
                noised[i] = random.nextFloat() < 0.4f ? 0f : clean[i];
            }
            return new Shard(index, ids, new short[n], noised, clean);
        }
    }

    /** The five products of one worker: two forward, one backward, two gradients. */
    private static final class Products {
        static final int TIMES = 400;

        private final BLAS blas = BLAS.getInstance();
        private final int rows;
        private final int hidden;
        private final int outputs;
        private final float[] w1;
        private final float[] w2;
        private final float[] gradient;
        private final float[] wide;
        private final float[] wide2;
        private final float[] narrow;
        private final float[] narrow2;

        Products(int rows, int workers) {
            this.rows = rows;
            this.hidden = 200 / workers;
            this.outputs = 784 / workers;
            this.w1 = filled(784 * hidden);
            this.w2 = filled(outputs * 200);
            this.gradient = new float[784 * 200];
            this.wide = filled(784 * rows);
            this.wide2 = filled(784 * rows);
            this.narrow = filled(200 * rows);
            this.narrow2 = filled(200 * rows);
        }

        void run() {
            for (int i = 0; i < TIMES; i++) {
                multiply("T", "N", rows, hidden, 784, wide, 784, w1, 784, narrow2);
                multiply("N", "N", rows, outputs, 200, narrow, rows, w2, 200, wide2);
                multiply("N", "T", rows, 200, outputs, wide, rows, w2, 200, narrow2);
                multiply("N", "N", 200, outputs, rows, narrow, 200, wide, rows, gradient);
                multiply("N", "N", 784, hidden, rows, wide, 784, narrow, rows, gradient);
            }
        }

        private void multiply(
                String transA,
                String transB,
                int m,
                int n,
                int k,
                float[] a,
                int lda,
                float[] b,
                int ldb,
                float[] c) {
            blas.sgemm(transA, transB, m, n, k, 1f, a, 0, lda, b, 0, ldb, 0f, c, 0, m);
        }
    }

    /** A product so large that packing counts for nothing. */
    private static final class Large {
        private final BLAS blas = BLAS.getInstance();
        private final float[] a = filled(LARGE * LARGE);
        private final float[] b = filled(LARGE * LARGE);
        private final float[] c = new float[LARGE * LARGE];

        void run() {
            blas.sgemm("N", "N", LARGE, LARGE, LARGE, 1f, a, 0, LARGE, b, 0, LARGE, 0f, c, 0, LARGE);
        }
    }

    private static float[] filled(int n) {
        float[] values = new float[n];
        Arrays.fill(values, 0.01f);
        return values;
    }

    private static final class Forever implements EpochRule {
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
