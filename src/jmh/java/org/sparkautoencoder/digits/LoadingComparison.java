package org.sparkautoencoder.digits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * MNIST's 60,000 training rows from CSV into shards in memory, against Spark's own CSV reader, which is given the schema
 * and sums all cells; local[2], in turns: prints all times, the medians and their ratio.
 *
 * <p>{@code MNIST_DIR=... mvn -q -Pjmh test-compile exec:exec -Dmain=org.sparkautoencoder.digits.LoadingComparison}
 */
public final class LoadingComparison {
    private static final int ROUNDS = 7;
    private static final int WARM_UP = 2;
    private static final int WORKERS = 2;
    private static final int BATCH = 32;
    private static final int SHARDS = 8;

    private LoadingComparison() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("loading");
        MnistSettings mnist = MnistSettings.DEFAULT.withSources(List.of(System.getenv("MNIST_DIR")));
        PreparedDataset data = Preparation.prepare(new PrepareSettings(folder, new MnistRecipe(mnist)), line -> {});
        double[] ours = new double[ROUNDS];
        double[] sparks = new double[ROUNDS];
        try (SparkSession session = SparkSession.builder()
                .master("local[" + WORKERS + "]")
                .config("spark.ui.enabled", false)
                .config("spark.log.level", "ERROR")
                .getOrCreate()) {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double a = seconds(() -> intoShards(spark, data.train()));
                double b = seconds(() -> sumBySpark(session, data.train()));
                System.out.printf(
                        Locale.ROOT, "%s into shards %.2f s, spark.read.csv %.2f s%n", round < 0 ? "(cold)" : "", a, b);
                if (round >= 0) {
                    ours[round] = a;
                    sparks[round] = b;
                }
            }
        } finally {
            delete(folder);
        }
        Arrays.sort(ours);
        Arrays.sort(sparks);
        System.out.printf(
                Locale.ROOT,
                "medians: into shards %.2f s, spark.read.csv %.2f s, ratio %.3f%n",
                ours[ROUNDS / 2],
                sparks[ROUNDS / 2],
                ours[ROUNDS / 2] / sparks[ROUNDS / 2]);
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void intoShards(JavaSparkContext spark, Path csv) {
        JavaRDD<Shard> shards;
        try (LoadedDigits rows = CsvDigits.load(spark, csv.toString(), CsvSettings.DEFAULTS)) {
            shards = Shards.of(rows, new Sharding(rows.rows(), SHARDS, BATCH, 1), WORKERS, null)
                    .persist(StorageLevel.MEMORY_ONLY());
            shards.count();
        }
        shards.unpersist(true);
    }

    /** Over Spark's internal rows, which costs it least. */
    private static void sumBySpark(SparkSession session, Path csv) {
        StructType schema = new StructType();
        for (int i = 0; i <= 784; i++) {
            schema = schema.add(i == 784 ? "label" : Integer.toString(i), DataTypes.FloatType);
        }
        double sum = session.read()
                .schema(schema)
                .option("header", true)
                .csv(csv.toString())
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapToDouble(LoadingComparison::sum)
                .sum();
        if (!(sum > 0)) {
            throw new IllegalStateException("the sum of all cells is " + sum);
        }
    }

    private static double sum(InternalRow row) {
        double sum = 0;
        for (int i = 0; i < row.numFields(); i++) {
            sum += row.getFloat(i);
        }
        return sum;
    }

    private static void delete(Path folder) throws IOException {
        for (Path child : Aside.list(folder)) {
            Aside.delete(child);
        }
        Files.delete(folder);
    }
}
