package org.sparkautoencoder.runs;

import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.datasets.MnistRecipe;
import org.sparkautoencoder.datasets.MnistSettings;
import org.sparkautoencoder.datasets.Preparation;
import org.sparkautoencoder.datasets.PrepareSettings;
import org.sparkautoencoder.datasets.PreparedDataset;
import org.sparkautoencoder.training.TrainingRows;

import java.util.stream.Stream;
import java.util.Comparator;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * MNIST's 60,000 training rows from CSV into shards in memory, by the calls that {@code train} makes with its default
 * settings, masking noise among them, against Spark's own CSV reader, which is given the schema
 * and sums all cells; local[2], in turns. Spark sums over its rows, as a program would, and over its internal rows, which
 * no program should, but which costs it least. Prints the medians and the ratios, by the clock and in processor time,
 * which other programs on the machine disturb less; then what the shards hold of the heap.
 *
 * <p>{@code MNIST_DIR=... mvn -q -Pjmh test-compile exec:exec -Dmain=org.sparkautoencoder.runs.LoadingComparison}
 */
public final class LoadingComparison {
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 2;
    private static final int WORKERS = 2;
    private static final int WIDTH = 784;

    private LoadingComparison() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("loading");
        MnistSettings mnist = MnistSettings.DEFAULT.withSources(List.of(System.getenv("MNIST_DIR")));
        PreparedDataset data = Preparation.prepare(new PrepareSettings(folder, new MnistRecipe(mnist)), line -> {});
        try (SparkSession session = SparkSession.builder()
                .master("local[" + WORKERS + "]")
                .config("spark.ui.enabled", false)
                .config("spark.log.level", "ERROR")
                .getOrCreate()) {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            Times shards = new Times("into shards", () -> intoShards(spark, data.train()));
            Times rows = new Times("spark.read.csv, rows", () -> sumOfRows(session, data.train()));
            Times internal = new Times("spark.read.csv, internal rows", () -> sumOfInternalRows(session, data.train()));
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (Times times : List.of(shards, rows, internal)) {
                    times.measure(round);
                }
            }
            for (Times times : List.of(shards, rows, internal)) {
                times.print(shards);
            }
            printHeap(spark, data.train());
        } finally {
            delete(folder);
        }
    }

    /** One contender. */
    private static final class Times {
        private final String name;
        private final Runnable work;
        private final double[] clock = new double[ROUNDS];
        private final double[] processor = new double[ROUNDS];
        private double cold;

        Times(String name, Runnable work) {
            this.name = name;
            this.work = work;
        }

        void measure(int round) {
            OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long processorStart = process.getProcessCpuTime();
            long start = System.nanoTime();
            work.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            cold = round == -WARM_UP ? seconds : cold;
            if (round >= 0) {
                clock[round] = seconds;
                processor[round] = (process.getProcessCpuTime() - processorStart) / 1e9;
            }
        }

        void print(Times ours) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: first %.2f s, then %s, median %.2f s (ours is %.3f of it), processor time %.2f s (%.3f)%n",
                    name,
                    cold,
                    Arrays.toString(
                            Arrays.stream(clock).map(t -> Math.rint(t * 100) / 100).toArray()),
                    median(clock),
                    median(ours.clock) / median(clock),
                    median(processor),
                    median(ours.processor) / median(processor));
        }

        private static double median(double[] values) {
            return Arrays.stream(values).sorted().skip(ROUNDS / 2).findFirst().getAsDouble();
        }
    }

    private static void intoShards(JavaSparkContext spark, Path csv) {
        try (LoadedData source = LoadedData.open(spark, Path.of("dataset"), csv.toString(), null, CsvSettings.DEFAULTS, null)) {
            take(source).release();
        }
    }

    private static TrainingRows take(LoadedData source) {
        ModelSpec modelSpec = new Study(250, 1).denoising(source.train().width(), Study.LEARNING_RATE);
        ShardCache rows = new ShardCache(source, true);
        rows.expect(modelSpec, WORKERS);
        return rows.take(modelSpec, WORKERS);
    }

    private static void printHeap(JavaSparkContext spark, Path csv) {
        long before = usedHeap();
        try (LoadedData source = LoadedData.open(spark, Path.of("dataset"), csv.toString(), null, CsvSettings.DEFAULTS, null)) {
            TrainingRows rows = take(source);
            long arrays = rows.train()
                    .map(shard -> 4L * shard.inputs().length + 4L * shard.targets().length + 9L * shard.rows())
                    .reduce(Long::sum);
            System.out.printf(
                    Locale.ROOT,
                    "heap after loading: %.1f MB more than before; the shards' arrays are %.1f MB%n",
                    (usedHeap() - before) / 1e6,
                    arrays / 1e6);
            rows.release();
        }
    }

    private static long usedHeap() {
        try {
            for (int i = 0; i < 5; i++) { // what is unpersisted goes a little later
                System.gc();
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void sumOfRows(SparkSession session, Path csv) {
        requireSum(read(session, csv)
                .javaRDD()
                .mapToDouble(row -> {
                    double sum = 0;
                    for (int i = 0; i <= WIDTH; i++) {
                        sum += row.getFloat(i);
                    }
                    return sum;
                })
                .sum());
    }

    private static void sumOfInternalRows(SparkSession session, Path csv) {
        requireSum(read(session, csv)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapToDouble(row -> {
                    double sum = 0;
                    for (int i = 0; i <= WIDTH; i++) {
                        sum += row.getFloat(i);
                    }
                    return sum;
                })
                .sum());
    }

    private static Dataset<Row> read(SparkSession session, Path csv) {
        StructType schema = new StructType();
        for (int i = 0; i <= WIDTH; i++) {
            schema = schema.add(i == WIDTH ? "label" : Integer.toString(i), DataTypes.FloatType);
        }
        return session.read().schema(schema).option("header", true).csv(csv.toString());
    }

    private static void requireSum(double sum) {
        if (!(sum > 0)) {
            throw new IllegalStateException("the sum of all cells is " + sum);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
