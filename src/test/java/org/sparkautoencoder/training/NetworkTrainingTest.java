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
import org.sparkautoencoder.digits.MaskingNoise;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;

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
            Trained expected = train(settings, ExchangeSettings.DEFAULT, expectedErrors);
            List<Double> errors = new ArrayList<>();
            Trained trained = train(settings, new ExchangeSettings(encoding, 0, 20, true), errors);
            assertThat(trained.outcome()).isEqualTo(Outcome.FINISHED);
            assertThat(ModelFolder.sha256(trained.parameters())).isEqualTo(ModelFolder.sha256(expected.parameters()));
            assertThat(errors).isEqualTo(expectedErrors).hasSize(7);
        }
    }

    private Trained train(TrainingSettings settings, ExchangeSettings exchange, List<Double> errors) {
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
