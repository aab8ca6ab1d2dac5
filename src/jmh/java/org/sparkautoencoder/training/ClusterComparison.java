package org.sparkautoencoder.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.StandaloneCluster;
import org.sparkautoencoder.digits.Digit;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.exchange.TimeSpent;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Loss;
import org.sparkautoencoder.kernel.Momentum;

/**
 * Steps of 784-200-784 on a standalone cluster of this machine, whose executors have one core each: how long they take and
 * where the time goes, with and without encryption; and a {@link CostModel} fitted to them.
 *
 * <p>{@code mvn -q -Pjmh -DskipTests package exec:exec -Dmain=org.sparkautoencoder.training.ClusterComparison}, with {@code
 * -Dbench=speed} only what the model does not need, with {@code -Dbench=model} only what it does
 */
public final class ClusterComparison {
    private static final int WIDTH = 784;
    private static final int ROWS = 4_000;
    private static final Layers LAYERS = new Layers(WIDTH, 200, WIDTH);
    private static final int[] STUDY = {32};

    /** Half of them are measured, after the other half. */
    private static final int EPOCHS = 24;

    private ClusterComparison() {}

    /** A setup and what its steps took, in milliseconds. */
    record Measured(Encoding encoding, int executors, int batch, boolean encrypted, double step, TimeSpent spent) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-8s %d executors, batch %4d%s: %6.3f ms a step; compute %6.3f, copy %6.3f, wire %6.3f, wait %6.3f",
                    encoding.name().toLowerCase(Locale.ROOT),
                    executors,
                    batch,
                    encrypted ? ", AES" : "",
                    step,
                    spent.computeSeconds(),
                    spent.copySeconds(),
                    spent.wireSeconds(),
                    spent.waitSeconds());
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<String> asked = Arrays.asList(arguments);
        boolean model = !asked.contains("speed");
        boolean speed = !asked.contains("model");
        Path folder = Files.createTempDirectory("cluster-comparison");
        List<Measured> plain = new ArrayList<>();
        try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("plain"), false)) {
            plain.addAll(measure(cluster, false, 2, model ? new int[] {32, 64, 128} : STUDY));
            if (model) {
                plain.addAll(measure(cluster, false, 1, new int[] {32, 128}));
                CostModel.fit(LAYERS, plain).print();
            }
        }
        if (speed) {
            try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("secured"), true)) {
                measure(cluster, true, 2, STUDY);
            }
        }
    }

    private static List<Measured> measure(StandaloneCluster cluster, boolean encrypted, int executors, int[] batches) {
        List<Measured> measured = new ArrayList<>();
        try (JavaSparkContext spark =
                cluster.connect(cluster.conf(executors, 1).set("spark.executor.memory", "1g"), executors)) {
            for (int batch : batches) {
                for (Encoding encoding : List.of(Encoding.FACTORED, Encoding.DENSE)) {
                    Measured one = measure(spark, encoding, executors, batch, encrypted);
                    System.out.println(one);
                    measured.add(one);
                }
            }
        }
        return measured;
    }

    private static Measured measure(
            JavaSparkContext spark, Encoding encoding, int executors, int batch, boolean encrypted) {
        int steps = (ROWS + batch - 1) / batch;
        TrainingSettings settings = new TrainingSettings(
                Task.RECONSTRUCT,
                LAYERS,
                Loss.SQUARED,
                EPOCHS,
                batch,
                TrainingSettings.defaultShards(batch),
                new Momentum(0.01f, 0.9f),
                1,
                null,
                null,
                1);
        List<Digit> digits =
                LongStream.range(0, ROWS).mapToObj(ClusterComparison::digit).toList();
        TrainingRows rows = new TrainingRows(
                MadeShards.of(spark, digits, settings.sharding(ROWS), executors).cache(), ROWS, null, 0);
        rows.train().count();
        List<Epoch> seen = new ArrayList<>();
        new Trainer(spark, "steps-" + System.nanoTime(), settings, new ExchangeSettings(encoding, 0, 60, ExchangeSettings.Topology.ACTUAL))
                .train(rows, InitialWeights.draw(LAYERS, 1), seen::add);
        rows.release();
        List<Epoch> late = new ArrayList<>(seen.subList(seen.size() / 2, seen.size()));
        late.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));
        Epoch median = late.get(late.size() / 2);
        double scale = 1_000.0 / steps;
        TimeSpent spent = median.spent();
        return new Measured(
                encoding,
                executors,
                batch,
                encrypted,
                scale * median.seconds(),
                new TimeSpent(
                        scale * spent.computeSeconds(),
                        scale * spent.copySeconds(),
                        scale * spent.wireSeconds(),
                        scale * spent.waitSeconds()));
    }

    private static Digit digit(long id) {
        Random random = new Random(id);
        float[] pixels = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            pixels[i] = random.nextFloat() < 0.2f ? random.nextFloat() : 0f;
        }
        return new Digit(id, 0, pixels);
    }
}
