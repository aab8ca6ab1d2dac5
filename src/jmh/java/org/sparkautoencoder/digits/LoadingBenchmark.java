package org.sparkautoencoder.digits;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * MNIST's 60,000 training rows (pixels 0..255) from CSV into shards, beside Spark's own CSV reader, which is given the schema
 * and sums all cells; local[2].
 *
 * <pre>
 * MNIST_DIR=... mvn -q -Pjmh test-compile exec:exec -Dbench=LoadingBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class LoadingBenchmark {
    private static final int ROWS = 60_000;
    private static final int WIDTH = 784;

    private Path csv;
    private SparkSession session;

    @Setup
    public void start() throws IOException {
        csv = Files.createTempFile("mnist", ".csv");
        write(Path.of(System.getenv("MNIST_DIR")), csv);
        session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
    }

    @TearDown
    public void stop() throws IOException {
        session.close();
        Files.delete(csv);
    }

    @Benchmark
    public int intoShards() {
        return intoShards(session, csv);
    }

    @Benchmark
    public double sparkReadCsv() {
        return sumBySpark(session, csv);
    }

    static int intoShards(SparkSession session, Path csv) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        JavaRDD<Shard> shards;
        try (LoadedDigits rows = CsvDigits.load(spark, csv.toString(), CsvSettings.DEFAULTS)) {
            shards = Shards.of(rows, new Sharding(rows.rows(), 8, 32, 1), 2, null);
        }
        return shards.map(Shard::rows).reduce(Integer::sum);
    }

    /** Over Spark's internal rows, which costs it least. */
    static double sumBySpark(SparkSession session, Path csv) {
        StructType schema = new StructType();
        for (int i = 0; i <= WIDTH; i++) {
            schema = schema.add(i == WIDTH ? "label" : Integer.toString(i), DataTypes.FloatType);
        }
        return session.read()
                .schema(schema)
                .option("header", true)
                .csv(csv.toString())
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapToDouble(LoadingBenchmark::sum)
                .sum();
    }

    private static double sum(InternalRow row) {
        double sum = 0;
        for (int i = 0; i < row.numFields(); i++) {
            sum += row.getFloat(i);
        }
        return sum;
    }

    /** MNIST's training files as one CSV, 0..255, label last. */
    static void write(Path mnist, Path csv) throws IOException {
        byte[][] text = new byte[256][];
        for (int i = 0; i < 256; i++) {
            text[i] = (i + ",").getBytes(StandardCharsets.US_ASCII);
        }
        try (DataInputStream images = open(mnist.resolve("train-images-idx3-ubyte.gz"));
                DataInputStream labels = open(mnist.resolve("train-labels-idx1-ubyte.gz"));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(csv), 1 << 20)) {
            images.skipNBytes(16);
            labels.skipNBytes(8);
            for (int i = 0; i < WIDTH; i++) {
                out.write((i + ",").getBytes(StandardCharsets.US_ASCII));
            }
            out.write("label\n".getBytes(StandardCharsets.US_ASCII));
            byte[] image = new byte[WIDTH];
            for (int row = 0; row < ROWS; row++) {
                images.readFully(image);
                for (byte pixel : image) {
                    out.write(text[pixel & 0xff]);
                }
                out.write('0' + labels.readByte());
                out.write('\n');
            }
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new DataInputStream(new GZIPInputStream(in, 1 << 16));
    }
}
