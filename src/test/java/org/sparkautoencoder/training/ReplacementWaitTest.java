package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparkautoencoder.LocalSpark;

/** A training waits for lost slots for a limited time, and says so once. */
final class ReplacementWaitTest {
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[1]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void check_slotsMissingForTooLong_endsWithWhatToChange() {
        ReplacementWait wait = new ReplacementWait(spark, 2, 0);
        wait.check(false, null); // they are found missing
        assertThatThrownBy(() -> wait.check(false, "executor 1 on host (shard 0) has disconnected"))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("no executor came within 0 s")
                .hasMessageContaining("--workers 1")
                .hasMessageEndingWith("before that: executor 1 on host (shard 0) has disconnected");
    }

    @Test
    void check_slotsMissing_isLoggedOnce() {
        try (LogLines lines = new LogLines()) {
            ReplacementWait wait = new ReplacementWait(spark, 2, 300);
            wait.check(false, null);
            wait.check(false, null);
            assertThat(lines.with("waiting"))
                    .containsExactly("waiting for an executor: 1 of 2 workers have a slot; up to 300 s");
        }
    }

    @Test
    void check_noSlotMissing_neverEnds() {
        ReplacementWait wait = new ReplacementWait(spark, 1, 0);
        assertThatCode(() -> {
                    wait.check(false, null);
                    wait.check(false, null);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void await_stopRequested_returns() {
        assertThatCode(() -> new ReplacementWait(spark, 2, 300).await(() -> true))
                .doesNotThrowAnyException();
    }

    @Test
    void replacementSeconds_settingsOfSpark_areItsTimeToNoticeALossAndAMinute() {
        assertThat(Cluster.replacementSeconds(new SparkConf(false)))
                .isEqualTo(Duration.ofMinutes(4).toSeconds());
        SparkConf conf =
                new SparkConf(false).set("spark.network.timeout", "600").set("spark.network.timeoutInterval", "10s");
        assertThat(Cluster.replacementSeconds(conf)).isEqualTo(670);
        conf.set("spark.storage.blockManagerHeartbeatTimeoutMs", "30000");
        assertThat(Cluster.replacementSeconds(conf)).isEqualTo(100);
    }
}
