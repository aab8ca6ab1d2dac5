package org.sparkautoencoder.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.RequiresMnist;

@RequiresMnist
final class LoadingSpeedTest {
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    /** Medians of rounds that take turns in one JVM. */
    @Test
    void load_mnistIntoShards_takesAtMostAThirdOfSparksOwnReader() throws IOException {
        Path csv = folder.resolve("mnist.csv");
        LoadingBenchmark.write(RequiresMnist.Folder.path(), csv);
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate()) {
            double[] shards = new double[ROUNDS];
            double[] sums = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                assertThat(LoadingBenchmark.intoShards(session, csv)).isEqualTo(60_000);
                long between = System.nanoTime();
                LoadingBenchmark.sumBySpark(session, csv);
                shards[round] = (between - start) / 1e9;
                sums[round] = (System.nanoTime() - between) / 1e9;
            }
            System.out.printf("seconds into shards %s, spark.read.csv %s%n", text(shards), text(sums));
            assertThat(median(shards)).isLessThan(median(sums) / 3);
        }
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String text(double[] values) {
        return Arrays.stream(values).mapToObj("%.2f"::formatted).collect(Collectors.joining(" "));
    }
}
