package org.sparkautoencoder.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.shards.OneHotTargets;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;

/** Rows of 36 pixels that an autoencoder can learn in no time: 301 to train on, so that the last minibatch is smaller. */
final class SmallProblem {
    private static final int CLASSES = 10;

    static final int WIDTH = 36;
    static final long TRAIN_ROWS = 301;
    static final long TEST_ROWS = 50;
    static final Layers LAYERS = new Layers(WIDTH, 12, WIDTH);

    private SmallProblem() {}

    static TrainingSettings settings(int epochs, int shards, long seed, MaskingNoise.Mode mode) {
        return settings(LAYERS, epochs, shards, seed, mode);
    }

    /** A network so large that each of its layers is several blocks of neurons. */
    static TrainingSettings wide(int epochs, int shards) {
        return settings(new Layers(784, 200, 784), epochs, shards, 1, MaskingNoise.Mode.FIXED);
    }

    /** A network with several hidden layers, of one block and of several. */
    static TrainingSettings deep(int epochs, int shards) {
        return settings(new Layers(784, 300, 100, 300, 784), epochs, shards, 1, null);
    }

    /** A network with linear outputs, of several blocks. */
    static TrainingSettings linear(int epochs, int shards) {
        return settings(
                new Layers(784, 200, 784), OutputLayer.LINEAR, 0.001f, epochs, shards, 1, MaskingNoise.Mode.FIXED);
    }

    /** A small network with linear outputs. */
    static TrainingSettings smallLinear(int epochs, int shards) {
        return settings(LAYERS, OutputLayer.LINEAR, 0.01f, epochs, shards, 1, MaskingNoise.Mode.FRESH);
    }

    /** A training that diverges. */
    static TrainingSettings hopeless() {
        return new TrainingSettings(
                Task.RECONSTRUCT,
                new Layers(WIDTH, 12, 12, 12, WIDTH),
                OutputLayer.SIGMOID,
                50,
                32,
                2,
                new Momentum(1e30f, 0.9f),
                1,
                null,
                null,
                10);
    }

    private static TrainingSettings settings(Layers layers, int epochs, int shards, long seed, MaskingNoise.Mode mode) {
        return settings(layers, OutputLayer.SIGMOID, 0.05f, epochs, shards, seed, mode);
    }

    private static TrainingSettings settings(
            Layers layers,
            OutputLayer outputLayer,
            float learningRate,
            int epochs,
            int shards,
            long seed,
            MaskingNoise.Mode mode) {
        return new TrainingSettings(
                Task.RECONSTRUCT,
                layers,
                outputLayer,
                epochs,
                32,
                shards,
                new Momentum(learningRate, 0.9f),
                seed,
                mode == null ? null : new MaskingNoise(0.3, 0.1, seed, mode),
                null,
                2);
    }

    /** A classifier of the same rows. */
    static TrainingSettings classifier(int epochs, int shards, long seed) {
        return new TrainingSettings(
                Task.CLASSIFY,
                new Layers(WIDTH, 12, CLASSES),
                OutputLayer.SOFTMAX,
                epochs,
                32,
                shards,
                new Momentum(0.05f, 0.9f),
                seed,
                null,
                null,
                2);
    }

    static TrainingRows rows(JavaSparkContext spark, TrainingSettings settings, int workers, int partitions) {
        return new TrainingRows(
                shards(
                        spark,
                        TRAIN_ROWS,
                        1,
                        settings.sharding(TRAIN_ROWS),
                        settings,
                        settings.noise(),
                        workers,
                        partitions),
                TRAIN_ROWS,
                shards(
                        spark,
                        TEST_ROWS,
                        2,
                        settings.testSharding(TEST_ROWS),
                        settings,
                        settings.noise() == null ? null : settings.noise().forTestSet(),
                        workers,
                        partitions),
                TEST_ROWS);
    }

    private static JavaRDD<Shard> shards(
            JavaSparkContext spark,
            long rows,
            long seed,
            Sharding sharding,
            TrainingSettings settings,
            MaskingNoise noise,
            int workers,
            int partitions) {
        List<DataRow> digits = new ArrayList<>();
        for (long id = 0; id < rows; id++) {
            Random random = new Random(seed * 1000 + id);
            int label = random.nextInt(CLASSES);
            float[] pixels = new float[settings.layers().inputs()];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (i * (label + 2)) % 7 < 3 ? 0.8f + 0.2f * random.nextFloat() : 0.1f * random.nextFloat();
            }
            digits.add(new DataRow(id, label, pixels));
        }
        Collections.shuffle(digits, new Random(partitions)); // rows may arrive in any order
        JavaRDD<Shard> shards = MadeShards.of(spark, digits, sharding, workers);
        boolean fixed = noise != null && noise.mode() == MaskingNoise.Mode.FIXED;
        JavaRDD<Shard> inputs = settings.task() == Task.CLASSIFY
                ? shards.map(new OneHotTargets(CLASSES))
                : fixed ? shards.map(noise::noised) : shards;
        return inputs.cache();
    }
}
