package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.StandaloneCluster;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.exchange.ExchangeSettings.Topology;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.shards.MaskingNoise;

/** A real standalone cluster, small trainings, and what they give on one core. */
abstract class ClusterTrainings {
    static final int EPOCHS = 12;

    @TempDir
    static Path folder;

    static StandaloneCluster cluster;
    static List<String> expected;

    JavaSparkContext spark;

    @BeforeAll
    static void trainOnOneCore() {
        cluster = StandaloneCluster.start(folder.resolve("cluster"), false);
        try (JavaSparkContext local = LocalSpark.start("local[1]")) {
            expected = problems().stream()
                    .map(settings -> weights(train(local, settings, ExchangeSettings.DEFAULT, epoch -> {})))
                    .toList();
        }
        assertThat(expected).doesNotHaveDuplicates();
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void stop() {
        if (spark != null) {
            spark.stop();
            spark = null;
        }
    }

    static List<TrainingSettings> problems() {
        return List.of(
                SmallProblem.settings(EPOCHS, 4, 1, null),
                SmallProblem.settings(EPOCHS, 4, 1, MaskingNoise.Mode.FIXED),
                SmallProblem.classifier(EPOCHS, 4, 1),
                SmallProblem.wide(2, 4),
                SmallProblem.deep(2, 4));
    }

    List<String> weights(ExchangeSettings exchange) {
        return problems().stream()
                .map(settings -> weights(train(spark, settings, exchange, epoch -> {})))
                .toList();
    }

    static String weights(TrainingResult trained) {
        return ModelFolder.sha256(trained.parameters());
    }

    static ExchangeSettings network(Encoding encoding, Topology topology) {
        return new ExchangeSettings(encoding, 0, 20, topology);
    }

    static TrainingResult train(
            JavaSparkContext spark, TrainingSettings settings, ExchangeSettings exchange, TrainingListener listener) {
        int workers = Math.min(settings.shards(), Cluster.slots(spark));
        TrainingRows rows = SmallProblem.rows(spark, settings, workers, 3);
        TrainingResult trained = new Trainer(spark, "run-" + System.nanoTime(), settings, exchange)
                .train(rows, InitialWeights.draw(settings.layers(), settings.seed()), listener);
        assertThat(trained.outcome()).isEqualTo(TrainingOutcome.FINISHED);
        rows.release();
        return trained;
    }

    /** Settings with which Spark notices after seconds that an executor is frozen. */
    static SparkConf noticingLossesSoon(SparkConf conf) {
        return conf.set("spark.network.timeout", "10s")
                .set("spark.network.timeoutInterval", "1s")
                .set("spark.executor.heartbeatInterval", "1s");
    }
}
