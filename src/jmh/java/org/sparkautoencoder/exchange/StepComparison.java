package org.sparkautoencoder.exchange;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.Pass;

/**
 * A training step of 784-200-784 with batch 32 in two workers, against its five matrix products alone, each in its
 * fastest orientation, on the same two cores in turns: prints the medians and their ratios, and the bytes that a step
 * allocates. The products are taken twice: as one call of sgemm each, and cut as {@link Blas} cuts them.
 *
 * <p>{@code mvn -q -Pjmh test-compile exec:exec -Dmain=org.sparkautoencoder.exchange.StepComparison}
 */
public final class StepComparison {
    private static final int WORKERS = 2;
    private static final int ROWS = 16;
    private static final int STEPS = 1_000;
    private static final int ROUNDS = 15;

    private StepComparison() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(Blas.name());
        Layers layers = new Layers(784, 200, 784);
        BLAS blas = BLAS.getInstance();
        Sgemm whole = (transA, m, n, k, a, lda, b, ldb, c) ->
                blas.sgemm(transA, "N", m, n, k, 1f, a, 0, lda, b, 0, ldb, 0f, c, 0, m);
        Sgemm cut = (transA, m, n, k, a, lda, b, ldb, c) ->
                Blas.sgemm(transA, "N", m, n, k, a, 0, lda, b, 0, ldb, 0f, c, 0, m);
        Products[] products = {new Products(whole), new Products(whole)};
        Products[] cutProducts = {new Products(cut), new Products(cut)};
        EpochRule rule = new Forever();
        Random random = new Random(1);
        float[] initial = new float[layers.parameters()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) (0.01 * random.nextGaussian());
        }
        double[] step = new double[ROUNDS];
        double[] product = new double[ROUNDS];
        double[] cutProduct = new double[ROUNDS];
        try (Coordinator coordinator =
                Coordinator.open("steps", layers, new Momentum(0.01f, 0.9f), WORKERS, initial, rule, 60)) {
            Steps[] steps = {new Steps(layers, 0), new Steps(layers, 1)};
            for (int round = -3; round < ROUNDS; round++) {
                double a = microseconds(worker -> steps[worker].run());
                double b = microseconds(worker -> products[worker].run());
                double c = microseconds(worker -> cutProducts[worker].run());
                if (round >= 0) {
                    step[round] = a;
                    product[round] = b;
                    cutProduct[round] = c;
                }
            }
            System.out.printf(
                    "allocated by a step: %.3f bytes, after %d epochs%n",
                    steps[0].allocated / (double) STEPS, coordinator.epochs());
        }
        double median = median(step);
        System.out.printf(
                "step %.1f us; five products %.1f us, ratio %.2f; cut into small ones %.1f us, ratio %.2f%n",
                median, median(product), median / median(product), median(cutProduct), median / median(cutProduct));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static double microseconds(IntConsumer work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WORKERS + 1);
        Thread[] threads = new Thread[WORKERS];
        for (int i = 0; i < WORKERS; i++) {
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
        return (System.nanoTime() - begin) / 1e3 / STEPS;
    }

    /** One worker's steps through the product's own code. */
    private static final class Steps {
        private final Pass pass;
        private final float[] rows = new float[2_000 * 784];
        private final int[] order = new int[2_000];
        private final int worker;
        private Exchange exchange;
        private long allocated;
        private int at;

        Steps(Layers layers, int worker) {
            this.pass = new Pass(layers, ROWS);
            this.worker = worker;
            Random random = new Random(worker);
            for (int i = 0; i < rows.length; i++) {
                rows[i] = random.nextFloat() < 0.2f ? random.nextFloat() : 0f;
            }
            for (int i = 0; i < order.length; i++) {
                order[i] = random.nextInt(order.length);
            }
        }

        void run() {
            if (exchange == null) {
                exchange = Coordinator.join("steps", 0, worker, WORKERS);
                exchange.share(worker, pass);
            }
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STEPS; i++) {
                at = at + ROWS > order.length ? 0 : at;
                pass.rows(ROWS);
                for (int r = 0; r < ROWS; r++) {
                    System.arraycopy(rows, order[at + r] * 784, pass.input(), r * 784, 784);
                }
                pass.targets(rows, order, at);
                at += ROWS;
                pass.forward(exchange.parameters());
                exchange.loss(worker, pass.backward(exchange.parameters(), 0.1f / (WORKERS * ROWS)));
                exchange.step();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
    }

    /** C = op(A) B, column-major, C without gaps. */
    private interface Sgemm {
        void multiply(String transA, int m, int n, int k, float[] a, int lda, float[] b, int ldb, float[] c);
    }

    /** The five products of one worker: two forward, one backward, two gradients; no small array is shared. */
    private static final class Products {
        private final Sgemm sgemm;
        private final float[] w1 = ones(784 * 200);
        private final float[] w2 = ones(784 * 200);
        private final float[] gradient1 = new float[784 * 200];
        private final float[] gradient2 = new float[784 * 200];
        private final float[] wide = ones(784 * ROWS);
        private final float[] wide2 = new float[784 * ROWS];
        private final float[] narrow = ones(200 * ROWS);
        private final float[] narrow2 = new float[200 * ROWS];

        Products(Sgemm sgemm) {
            this.sgemm = sgemm;
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                sgemm.multiply("N", ROWS, 200, 784, wide, ROWS, w1, 784, narrow2);
                sgemm.multiply("N", ROWS, 784, 200, narrow, ROWS, w2, 200, wide2);
                sgemm.multiply("N", ROWS, 200, 784, wide, ROWS, w2, 784, narrow2);
                sgemm.multiply("N", 200, 784, ROWS, narrow, 200, wide, ROWS, gradient2);
                sgemm.multiply("N", 784, 200, ROWS, wide, 784, narrow, ROWS, gradient1);
            }
        }

        private static float[] ones(int n) {
            float[] values = new float[n];
            Arrays.fill(values, 0.01f);
            return values;
        }
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
