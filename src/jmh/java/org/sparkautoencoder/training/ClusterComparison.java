package org.sparkautoencoder.training;

import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.exchange.TimeSpent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.StandaloneCluster;

/**
 * Steps of 784-200-784 on a standalone cluster of this machine against the same ones on {@code local[1]}: of two executors of
 * one core each, with each encoding and with encryption, and of one worker alone, as each trial of a sweep has. Local and
 * cluster take turns; of each case the median round counts.
 *
 * <p>{@code mvn -q -Pjmh -DskipTests package exec:exec -Dmain=org.sparkautoencoder.training.ClusterComparison}
 */
public final class ClusterComparison {
    private static final int WIDTH = 784;
    private static final int ROWS = 4_000;
    private static final int EXECUTORS = 2;
    private static final int ROUNDS = 3;
    private static final Layers LAYERS = new Layers(WIDTH, 200, WIDTH);

    /** Half of them are measured, after the other half. */
    private static final int EPOCHS = 24;

    private ClusterComparison() {}

    /** A training, but for where it runs and what crosses the network. */
    private record Minibatches(int batch, int shards, int workers) {
        int steps() {
            return (ROWS + batch - 1) / batch;
        }

        @Override
        public String toString() {
            return String.format("batch %4d, %2d shards, %d workers", batch, shards, workers);
        }
    }

    private static final List<Minibatches> SEVERAL = List.of(
            new Minibatches(32, 2, EXECUTORS),
            new Minibatches(256, TrainingSettings.defaultShards(256), EXECUTORS),
            new Minibatches(1_024, TrainingSettings.defaultShards(1_024), EXECUTORS));
    private static final Minibatches STUDY = SEVERAL.get(0);
    private static final Minibatches ALONE = new Minibatches(32, TrainingSettings.defaultShards(32), 1);

    /** What a training's steps took, by what it was and how its workers met; of each round one epoch. */
    private static final class Measured {
        private final Map<Minibatches, Map<String, List<Epoch>>> rounds = new LinkedHashMap<>();

        void add(Minibatches minibatches, String how, Epoch epoch) {
            rounds.computeIfAbsent(minibatches, nothing -> new LinkedHashMap<>())
                    .computeIfAbsent(how, nothing -> new ArrayList<>())
                    .add(epoch);
            System.out.println(String.format(
                    Locale.ROOT,
                    "measured %s, %s: %.2f ms a step",
                    minibatches,
                    how,
                    1_000 * epoch.seconds() / minibatches.steps()));
        }

        void print() {
            rounds.forEach((minibatches, epochs) -> {
                double local = median(epochs.get("local[1]")).seconds();
                epochs.forEach((how, some) -> print(minibatches, how, median(some), local));
            });
        }

        private static void print(Minibatches minibatches, String how, Epoch epoch, double local) {
            double scale = 1_000.0 / minibatches.steps();
            TimeSpent spent = epoch.spent();
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s, %-13s: %6.2f ms a step, %5.2f of local[1]; compute %6.2f, copy %5.2f, wire %6.2f, wait %6.2f",
                    minibatches,
                    how,
                    scale * epoch.seconds(),
                    epoch.seconds() / local,
                    scale * spent.computeSeconds(),
                    scale * spent.copySeconds(),
                    scale * spent.wireSeconds(),
                    scale * spent.waitSeconds()));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("cluster-comparison");
        Measured measured = new Measured();
        try (StandaloneCluster plain = StandaloneCluster.start(folder.resolve("plain"), false);
                StandaloneCluster secured = StandaloneCluster.start(folder.resolve("secured"), true)) {
            for (int round = 0; round < ROUNDS; round++) {
                measureLocal(measured);
                measure(plain, measured);
                measureSecured(secured, measured);
            }
        }
        measured.print();
    }

    private static void measureLocal(Measured measured) {
        SparkConf conf = new SparkConf()
                .setMaster("local[1]")
                .setAppName("comparison")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            for (Minibatches several : SEVERAL) {
                Minibatches one = new Minibatches(several.batch(), several.shards(), 1);
                measured.add(several, "local[1]", train(spark, one, Encoding.AUTO));
            }
            measured.add(ALONE, "local[1]", train(spark, ALONE, Encoding.AUTO));
        }
    }

    private static void measure(StandaloneCluster cluster, Measured measured) {
        try (JavaSparkContext spark = connect(cluster)) {
            for (Minibatches several : SEVERAL) {
                for (Encoding encoding : Encoding.values()) {
                    measured.add(several, name(encoding), train(spark, several, encoding));
                }
            }
            measured.add(ALONE, "cluster", train(spark, ALONE, Encoding.AUTO));
        }
    }

    private static void measureSecured(StandaloneCluster cluster, Measured measured) {
        try (JavaSparkContext spark = connect(cluster)) {
            for (Encoding encoding : List.of(Encoding.FACTORED, Encoding.DENSE)) {
                measured.add(STUDY, name(encoding) + ", AES", train(spark, STUDY, encoding));
            }
        }
    }

    private static JavaSparkContext connect(StandaloneCluster cluster) {
        return cluster.connect(cluster.conf(EXECUTORS, 1).set("spark.executor.memory", "1g"), EXECUTORS);
    }

    private static String name(Encoding encoding) {
        return encoding.name().toLowerCase(Locale.ROOT);
    }

    private static Epoch train(JavaSparkContext spark, Minibatches minibatches, Encoding encoding) {
        TrainingSettings settings = new TrainingSettings(
                Task.RECONSTRUCT,
                LAYERS,
                OutputLayer.SIGMOID,
                EPOCHS,
                minibatches.batch(),
                minibatches.shards(),
                new Momentum(0.01f, 0.9f),
                1,
                null,
                null,
                EPOCHS);
        List<DataRow> digits =
                LongStream.range(0, ROWS).mapToObj(ClusterComparison::digit).toList();
        TrainingRows rows = new TrainingRows(
                MadeShards.of(spark, digits, settings.sharding(ROWS), minibatches.workers())
                        .cache(),
                ROWS,
                null,
                0);
        rows.train().count();
        List<Epoch> seen = new ArrayList<>();
        new Trainer(
                        spark,
                        "steps-" + System.nanoTime(),
                        settings,
                        new ExchangeSettings(encoding, 0, 60, ExchangeSettings.Topology.ACTUAL))
                .train(rows, InitialWeights.draw(LAYERS, 1), seen::add);
        rows.release();
        return median(seen.subList(seen.size() / 2, seen.size()));
    }

    private static Epoch median(List<Epoch> epochs) {
        return epochs.stream()
                .sorted(Comparator.comparingDouble(Epoch::seconds))
                .toList()
                .get(epochs.size() / 2);
    }

    private static DataRow digit(long id) {
        Random random = new Random(id);
        float[] pixels = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            pixels[i] = random.nextFloat() < 0.2f ? random.nextFloat() : 0f;
        }
        return new DataRow(id, 0, pixels);
    }
}
