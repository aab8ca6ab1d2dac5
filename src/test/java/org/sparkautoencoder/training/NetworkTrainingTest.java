package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.exchange.ExchangeSettings.Topology;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.shards.MaskingNoise;

/** Trainings whose workers share the driver's JVM and meet over the network all the same. */
@Timeout(120)
final class NetworkTrainingTest {
    private JavaSparkContext spark;

    @AfterEach
    void stop() {
        if (spark != null) {
            spark.stop();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"DENSE", "FACTORED"})
    void train_overTheNetwork_sameBitsAsInMemory(Encoding encoding) {
        spark = LocalSpark.start("local[3]");
        for (int shards : new int[] {1, 2, 3, 7}) {
            TrainingSettings settings = SmallProblem.settings(4, shards, 1, MaskingNoise.Mode.FRESH);
            List<Double> expectedErrors = new ArrayList<>();
            TrainingResult expected = train(settings, ExchangeSettings.DEFAULT, expectedErrors);
            List<Double> errors = new ArrayList<>();
            TrainingResult trained =
                    train(settings, new ExchangeSettings(encoding, 0, 20, Topology.EXECUTOR_PER_WORKER), errors);
            assertThat(trained.outcome()).isEqualTo(TrainingOutcome.FINISHED);
            assertThat(ModelFolder.sha256(trained.parameters())).isEqualTo(ModelFolder.sha256(expected.parameters()));
            assertThat(errors).isEqualTo(expectedErrors).hasSize(7);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"DENSE", "FACTORED"})
    void train_severalBlocksOfNeurons_sameBitsAsInMemory(Encoding encoding) {
        spark = LocalSpark.start("local[3]");
        for (TrainingSettings settings : List.of(
                SmallProblem.wide(2, 3),
                SmallProblem.deep(2, 5),
                SmallProblem.linear(2, 3),
                SmallProblem.classifier(3, 4, 1))) {
            List<Double> expectedErrors = new ArrayList<>();
            TrainingResult expected = train(settings, ExchangeSettings.DEFAULT, expectedErrors);
            for (Topology topology : List.of(Topology.ONE_EXECUTOR, Topology.EXECUTOR_PER_WORKER)) {
                List<Double> errors = new ArrayList<>();
                TrainingResult trained = train(settings, new ExchangeSettings(encoding, 0, 20, topology), errors);
                assertThat(ModelFolder.sha256(trained.parameters()))
                        .isEqualTo(ModelFolder.sha256(expected.parameters()));
                assertThat(errors).isEqualTo(expectedErrors);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Topology.class,
            names = {"ONE_EXECUTOR", "EXECUTOR_PER_WORKER"})
    void train_hopelessLearningRate_divergesOverTheNetworkToo(Topology topology) {
        spark = LocalSpark.start("local[2]");
        for (Encoding encoding : List.of(Encoding.DENSE, Encoding.FACTORED)) {
            TrainingSettings settings = SmallProblem.hopeless();
            TrainingRows rows = SmallProblem.rows(spark, settings, 2, 2);
            TrainingResult trained = new Trainer(
                            spark, "diverging", settings, new ExchangeSettings(encoding, 0, 20, topology))
                    .train(rows, InitialWeights.draw(settings.layers(), 1), epoch -> {});
            assertThat(trained.outcome()).isEqualTo(TrainingOutcome.DIVERGED);
            assertThat(trained.epochs()).isLessThan(50);
            assertThat(trained.parameters()).doesNotContain(Float.NaN);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Topology.class,
            names = {"ONE_EXECUTOR", "EXECUTOR_PER_WORKER"})
    void train_askedToStop_endsWithWholeEpochs(Topology topology) {
        spark = LocalSpark.start("local[2]");
        for (Encoding encoding : List.of(Encoding.DENSE, Encoding.FACTORED)) {
            TrainingSettings settings = SmallProblem.settings(1_000_000, 2, 1, null);
            Trainer trainer = new Trainer(
                    spark, "stopped-" + encoding, settings, new ExchangeSettings(encoding, 0, 20, topology));
            TrainingRows rows = SmallProblem.rows(spark, settings, 2, 2);
            TrainingResult trained = trainer.train(rows, InitialWeights.draw(settings.layers(), 1), epoch -> {
                if (epoch.epoch() == 7) {
                    trainer.requestStop();
                }
            });
            assertThat(trained.outcome()).isEqualTo(TrainingOutcome.KILLED);
            assertThat(trained.epochs()).isGreaterThan(7);
            TrainingResult expected = train(
                    SmallProblem.settings(trained.epochs(), 2, 1, null), ExchangeSettings.DEFAULT, new ArrayList<>());
            assertThat(ModelFolder.sha256(trained.parameters())).isEqualTo(ModelFolder.sha256(expected.parameters()));
        }
    }

    private TrainingResult train(TrainingSettings settings, ExchangeSettings exchange, List<Double> errors) {
        TrainingRows rows = SmallProblem.rows(spark, settings, Math.min(3, settings.shards()), 2);
        float[] initial = InitialWeights.draw(settings.layers(), settings.seed());
        return new Trainer(spark, "run-" + System.nanoTime(), settings, exchange).train(rows, initial, epoch -> {
            errors.add(epoch.trainError());
            if (epoch.testError() != null) {
                errors.add(epoch.testError());
            }
        });
    }
}
