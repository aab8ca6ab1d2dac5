package org.sparkautoencoder.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.RequiresMnist;

@RequiresMnist
final class LoadingSpeedTest {
    @TempDir
    Path folder;

    /** Each in its first run, as a training loads its data, and beside each other in one JVM. */
    @Test
    void load_mnistIntoShards_takesAtMostAThirdOfSparksOwnReader() throws IOException {
        Path csv = folder.resolve("mnist.csv");
        LoadingBenchmark.write(RequiresMnist.Folder.path(), csv);
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate()) {
            session.range(10).count(); // what Spark does once is nobody's
            long start = System.nanoTime();
            assertThat(LoadingBenchmark.intoShards(session, csv)).isEqualTo(60_000);
            long shards = System.nanoTime();
            LoadingBenchmark.sumBySpark(session, csv);
            long sums = System.nanoTime();
            System.out.printf(
                    "60,000 rows into shards %.2f s, spark.read.csv %.2f s%n",
                    (shards - start) / 1e9, (sums - shards) / 1e9);
            assertThat(shards - start).isLessThan((sums - shards) / 3);
        }
    }
}
