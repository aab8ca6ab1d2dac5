package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.exchange.TimeSpent;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.shards.MaskingNoise;

/** Trainings on a real local Spark. */
@Timeout(120)
final class TrainerTest {
    private JavaSparkContext spark;

    @AfterEach
    void stop() {
        if (spark != null) {
            spark.stop();
            spark = null;
        }
    }

    @ParameterizedTest
    @EnumSource(MaskingNoise.Mode.class)
    void train_anyNumberOfCoresWorkersAndPartitions_sameBits(MaskingNoise.Mode mode) {
        TrainingSettings settings = SmallProblem.settings(6, 4, 1, mode);
        List<String> weights = new ArrayList<>();
        List<List<Double>> errors = new ArrayList<>();
        int[][] setups = {{1, 1, 1}, {2, 2, 5}, {4, 4, 3}, {4, 3, 8}};
        for (int[] setup : setups) {
            spark = LocalSpark.start("local[" + setup[0] + "]");
            List<Double> seen = new ArrayList<>();
            TrainingResult trained = train(settings, setup[1], setup[2], epoch -> {
                seen.add(epoch.trainError());
                seen.add(epoch.testError() == null ? -1 : epoch.testError());
            });
            weights.add(ModelFolder.sha256(trained.parameters()));
            errors.add(seen);
            stop();
        }
        assertThat(weights).containsOnly(weights.get(0));
        assertThat(errors).containsOnly(errors.get(0));
        assertThat(errors.get(0)).hasSize(12);
    }

    @Test
    void train_anyNumberOfWorkers_shareOutTheNeuronsWithTheSameBits() {
        List<TrainingSettings> problems = List.of(
                SmallProblem.wide(2, 1),
                SmallProblem.wide(2, 3),
                SmallProblem.deep(2, 2),
                SmallProblem.linear(2, 3),
                SmallProblem.classifier(3, 2, 1));
        List<List<String>> weights = new ArrayList<>();
        for (int workers : new int[] {1, 2, 3, 4, 8}) {
            spark = LocalSpark.start("local[" + workers + "]");
            int n = workers;
            weights.add(problems.stream()
                    .map(settings -> ModelFolder.sha256(
                            train(settings, n, 3, epoch -> {}).parameters()))
                    .toList());
            stop();
        }
        assertThat(weights).containsOnly(weights.get(0));
        assertThat(weights.get(0)).doesNotHaveDuplicates();
    }

    @Test
    void train_twice_sameBitsAndOtherSeedOrNoiseOther() {
        spark = LocalSpark.start("local[2]");
        String first = weights(SmallProblem.settings(3, 2, 1, MaskingNoise.Mode.FIXED));
        assertThat(weights(SmallProblem.settings(3, 2, 1, MaskingNoise.Mode.FIXED)))
                .isEqualTo(first);
        assertThat(weights(SmallProblem.settings(3, 2, 2, MaskingNoise.Mode.FIXED)))
                .isNotEqualTo(first);
        assertThat(weights(SmallProblem.settings(3, 2, 1, MaskingNoise.Mode.FRESH)))
                .isNotEqualTo(first);
        assertThat(weights(SmallProblem.settings(3, 2, 1, null))).isNotEqualTo(first);
    }

    @Test
    void train_moreEpochs_lessError() {
        spark = LocalSpark.start("local[2]");
        List<Epoch> epochs = new ArrayList<>();
        TrainingResult trained = train(SmallProblem.settings(40, 2, 1, MaskingNoise.Mode.FIXED), 2, 2, epochs::add);
        assertThat(trained.outcome()).isEqualTo(TrainingOutcome.FINISHED);
        assertThat(trained.epochs()).isEqualTo(40);
        assertThat(epochs).extracting(Epoch::epoch).containsExactlyElementsOf(count(40));
        assertThat(epochs.get(39).trainError()).isLessThan(0.5 * epochs.get(0).trainError());
        assertThat(epochs)
                .allMatch(epoch -> (epoch.testError() != null) == (epoch.epoch() % 2 == 0 || epoch.epoch() == 39));
    }

    @Test
    void train_linearOutputs_learnTheRowsToo() {
        spark = LocalSpark.start("local[2]");
        List<Epoch> epochs = new ArrayList<>();
        train(SmallProblem.smallLinear(40, 2), 2, 2, epochs::add);
        assertThat(epochs.get(39).trainError()).isLessThan(0.5 * epochs.get(0).trainError());
        assertThat(epochs.get(39).testError()).isLessThan(0.5 * epochs.get(0).testError());
        assertThat(epochs.get(39).trainLoss()).isEqualTo(epochs.get(39).trainError());
    }

    @Test
    void train_anyEpoch_itsPartsAddUpToItsTime() {
        spark = LocalSpark.start("local[2]");
        List<Epoch> epochs = new ArrayList<>();
        train(SmallProblem.settings(40, 2, 1, MaskingNoise.Mode.FIXED), 2, 2, epochs::add);
        double seconds = 0;
        double parts = 0;
        for (Epoch epoch : epochs) {
            TimeSpent spent = epoch.spent();
            assertThat(spent.computeSeconds()).isPositive();
            assertThat(spent.copySeconds()).isPositive();
            assertThat(spent.wireSeconds()).isZero();
            assertThat(spent.waitSeconds()).isPositive();
            seconds += epoch.seconds();
            parts += spent.computeSeconds() + spent.copySeconds() + spent.waitSeconds();
        }
        assertThat(parts).isBetween(0.5 * seconds, 1.01 * seconds);
    }

    @Test
    void train_killedTask_isRetriedWithTheSameBits() {
        spark = LocalSpark.start("local[4,4]");
        TrainingSettings settings = SmallProblem.settings(60, 4, 1, MaskingNoise.Mode.FIXED);
        List<Epoch> undisturbed = new ArrayList<>();
        TrainingResult expected = train(settings, 3, 2, undisturbed::add);

        TrainingRows rows = SmallProblem.rows(spark, settings, 3, 2);
        rows.train().count();
        rows.test().count();
        Queue<Long> tasks = new ConcurrentLinkedQueue<>();
        spark.sc().addSparkListener(new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart start) {
                tasks.add(start.taskInfo().taskId());
            }
        });
        List<Epoch> epochs = new ArrayList<>();
        boolean[] killed = new boolean[1];
        TrainingResult trained = new Trainer(spark, "killed", settings)
                .train(rows, InitialWeights.draw(settings.layers(), 1), epoch -> {
                    epochs.add(epoch);
                    if (!killed[0] && tasks.size() >= 3) {
                        killed[0] = spark.sc().killTaskAttempt(tasks.peek(), true, "a test");
                    }
                });
        assertThat(killed[0]).isTrue();
        assertThat(epochs.get(epochs.size() - 1).attempt()).isPositive();
        assertThat(trained.epochs()).isEqualTo(60);
        assertThat(ModelFolder.sha256(trained.parameters())).isEqualTo(ModelFolder.sha256(expected.parameters()));
        assertThat(epochs).extracting(Epoch::epoch).containsAll(count(60));
        assertThat(epochs)
                .allSatisfy(epoch -> assertThat(epoch.trainError())
                        .isEqualTo(undisturbed.get(epoch.epoch()).trainError()));
    }

    @Test
    void train_askedToStop_endsInOrderWithWholeEpochs() {
        spark = LocalSpark.start("local[2]");
        TrainingSettings settings = SmallProblem.settings(1_000_000, 2, 1, null);
        TrainingRows rows = SmallProblem.rows(spark, settings, 2, 2);
        Trainer trainer = new Trainer(spark, "stopped", settings);
        List<Epoch> epochs = new ArrayList<>();
        TrainingResult trained = trainer.train(rows, InitialWeights.draw(settings.layers(), 1), epoch -> {
            epochs.add(epoch);
            if (epoch.epoch() == 7) {
                trainer.requestStop();
            }
        });
        assertThat(trained.outcome()).isEqualTo(TrainingOutcome.KILLED);
        assertThat(trained.epochs()).isEqualTo(epochs.size()).isGreaterThan(7);
        TrainingSettings shorter = SmallProblem.settings(trained.epochs(), 2, 1, null);
        assertThat(ModelFolder.sha256(trained.parameters())).isEqualTo(weights(shorter));
    }

    @Test
    void train_hopelessLearningRate_divergesAtOnce() {
        spark = LocalSpark.start("local[2]");
        TrainingSettings settings = SmallProblem.hopeless();
        List<Epoch> epochs = new ArrayList<>();
        TrainingResult trained = train(settings, 2, 2, epochs::add);
        assertThat(trained.outcome()).isEqualTo(TrainingOutcome.DIVERGED);
        assertThat(epochs.get(epochs.size() - 1).diverged()).isTrue();
        assertThat(trained.epochs()).isLessThan(50);
        assertThat(trained.parameters()).doesNotContain(Float.NaN);
    }

    @Test
    void train_failingListener_endsTheJobAndSaysWhy() {
        spark = LocalSpark.start("local[2]");
        TrainingSettings settings = SmallProblem.settings(1_000_000, 2, 1, null);
        assertThatThrownBy(() -> train(settings, 2, 2, epoch -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(weights(SmallProblem.settings(2, 2, 1, null))).isNotEmpty();
    }

    private String weights(TrainingSettings settings) {
        return ModelFolder.sha256(
                train(settings, settings.shards(), 3, epoch -> {}).parameters());
    }

    private TrainingResult train(TrainingSettings settings, int workers, int partitions, TrainingListener listener) {
        TrainingRows rows = SmallProblem.rows(spark, settings, workers, partitions);
        float[] initial = InitialWeights.draw(settings.layers(), settings.seed());
        return new Trainer(spark, "run-" + System.nanoTime(), settings).train(rows, initial, listener);
    }

    private static List<Integer> count(int n) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
