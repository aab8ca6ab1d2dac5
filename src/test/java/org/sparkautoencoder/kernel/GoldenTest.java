package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;

/** The small fixed problem of the NumPy reference: sizes 12-7-5-12, 24 rows, batches of 8, rate 0.1. */
final class GoldenTest {
    private static final Layers LAYERS = new Layers(12, 7, 5, 12);
    private static final int BATCH = 8;
    private static final int STEPS = 20;
    private static final double PERCENT = 0.01; // 1e-4 relative

    private static final double FIRST_ERROR = 0.123862748;
    private static final double LAST_ERROR = 0.123620844;
    private static final double[] FIRST_GRADIENTS = {0.017405078, 0.033186066, 0.064809286};
    private static final double[] LAST_GRADIENTS = {0.019203303, 0.040260538, 0.066565631};

    // sum, norm, first, last
    private static final double[][] WEIGHTS = {
        {0.539499025, 1.943669700, 0.001195063, 0.301882300},
        {-0.196798419, 1.266503216, 0.250434469, -0.097990538},
        {-0.498688525, 1.644831248, 0.281618073, -0.189173269}
    };
    private static final double[][] BIASES = {
        {0.092769226, 0.189395183}, {0.011472866, 0.140040118}, {-0.013449877, 0.204538668}
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void twentySteps_anyNumberOfShards_giveTheReferencesValues(int shards) {
        float[] parameters = Wave.parameters(LAYERS);
        float[] velocity = new float[parameters.length];
        float[] gradient = new float[parameters.length];
        float[] before = new float[parameters.length];
        NeuronBlocks blocks = new NeuronBlocks(LAYERS, Loss.SQUARED, BATCH);
        ShardGradients gradients = new ShardGradients(blocks, shards);
        float[] inputs = Wave.of(24 * 12, 2.0, 0.5, 0.5);
        float[] targets = Wave.of(24 * 12, 2.3, 0.5, 0.5);
        Momentum momentum = new Momentum(0.1f, 0.9f);
        for (int step = 0; step < STEPS; step++) {
            double error = 0;
            System.arraycopy(velocity, 0, before, 0, before.length);
            MinibatchShard[] minibatch = new MinibatchShard[shards];
            for (int shard = 0; shard < shards; shard++) {
                int from = BATCH * shard / shards;
                int rows = BATCH * (shard + 1) / shards - from;
                int first = BATCH * (step % 3) + from;
                minibatch[shard] = new MinibatchShard(blocks, Loss.SQUARED, BATCH);
                minibatch[shard].rows(rows);
                System.arraycopy(inputs, first * 12, minibatch[shard].input(), 0, rows * 12);
                error += ForwardBackward.run(
                        minibatch[shard], blocks, parameters, targets, first, momentum.gradientScale(BATCH));
            }
            for (Block block : blocks.all()) {
                gradients.accumulate(block, minibatch, momentum.beta(), velocity);
                momentum.move(blocks, block, parameters, velocity);
            }
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (velocity[i] - momentum.beta() * before[i]) / momentum.gradientScale(BATCH);
            }
            if (step == 0) {
                check(error, gradient, FIRST_ERROR, FIRST_GRADIENTS);
            } else if (step == STEPS - 1) {
                check(error, gradient, LAST_ERROR, LAST_GRADIENTS);
            }
        }
        for (int l = 1; l <= 3; l++) {
            int weights = LAYERS.weights(l);
            int biases = LAYERS.biases(l);
            double[] expected = WEIGHTS[l - 1];
            assertThat(sum(parameters, weights, biases)).isCloseTo(expected[0], withinPercentage(PERCENT));
            assertThat(norm(parameters, weights, biases)).isCloseTo(expected[1], withinPercentage(PERCENT));
            assertThat((double) parameters[weights]).isCloseTo(expected[2], withinPercentage(PERCENT));
            assertThat((double) parameters[biases - 1]).isCloseTo(expected[3], withinPercentage(PERCENT));
            int end = biases + LAYERS.size(l);
            assertThat(sum(parameters, biases, end)).isCloseTo(BIASES[l - 1][0], withinPercentage(PERCENT));
            assertThat(norm(parameters, biases, end)).isCloseTo(BIASES[l - 1][1], withinPercentage(PERCENT));
        }
    }

    @Test
    void momentum_move_isTheFormulaForItsBlockAlone() {
        NeuronBlocks blocks = new NeuronBlocks(new Layers(1, 1, 1), Loss.SQUARED, 1);
        float[] w = {1f, 2f, 3f, 4f};
        float[] v = {2f, 8f, 1f, 1f};
        Momentum momentum = new Momentum(0.5f, 0.75f);
        momentum.move(blocks, blocks.of(1).get(0), w, v);
        assertThat(w).containsExactly(0f, -2f, 3f, 4f);
        assertThat(momentum.gradientScale(4)).isEqualTo(0.0625f);
    }

    private static void check(double error, float[] gradient, double expectedError, double[] norms) {
        assertThat(error / BATCH / 12).isCloseTo(expectedError, withinPercentage(PERCENT));
        for (int l = 1; l <= 3; l++) {
            assertThat(norm(gradient, LAYERS.weights(l), LAYERS.biases(l)) / BATCH)
                    .isCloseTo(norms[l - 1], withinPercentage(PERCENT));
        }
    }

    private static double sum(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static double norm(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(sum);
    }
}
