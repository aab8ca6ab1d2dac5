package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
    private static final float LINEAR_RATE = 0.05f;
    private static final float[] INPUTS = Wave.of(24 * 12, 2.0, 0.5, 0.5);
    private static final float[] TARGETS = Wave.of(24 * 12, 2.3, 0.5, 0.5);

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
        Training training = new Training(OutputLayer.SIGMOID, shards);
        float[] parameters = training.parameters;
        for (int step = 0; step < STEPS; step++) {
            double error = training.step(step, TARGETS);
            if (step == 0) {
                check(error, training.gradient(), FIRST_ERROR, FIRST_GRADIENTS);
            } else if (step == STEPS - 1) {
                check(error, training.gradient(), LAST_ERROR, LAST_GRADIENTS);
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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void twentySteps_linearOutputsAndUnboundedTargets_areThoseOfPlainLoops(int shards) {
        float[] targets = Wave.of(24 * 12, 2.3, 3, -1);
        Training training = new Training(OutputLayer.LINEAR, shards);
        PlainNetwork plain = new PlainNetwork(LAYERS, OutputLayer.LINEAR, training.parameters);
        double[] velocity = new double[training.parameters.length];
        double first = 0;
        double last = 0;
        for (int step = 0; step < STEPS; step++) {
            int row = BATCH * (step % 3);
            last = plain.squaredError(INPUTS, targets, row, BATCH);
            first = step == 0 ? last : first;
            double[] gradient = plain.gradient(INPUTS, targets, row, BATCH);
            assertThat(training.step(step, targets)).isCloseTo(last, withinPercentage(PERCENT));
            for (int i = 0; i < velocity.length; i++) {
                velocity[i] = 0.9 * velocity[i] + 0.1 * gradient[i] / BATCH;
                plain.parameters()[i] -= LINEAR_RATE * velocity[i];
                assertThat((double) training.parameters[i]).isCloseTo(plain.parameters()[i], within(1e-5));
            }
        }
        assertThat(last).isLessThan(0.9 * first);
    }

    @Test
    void momentum_move_isTheFormulaForItsBlockAlone() {
        NeuronBlocks blocks = new NeuronBlocks(new Layers(1, 1, 1), OutputLayer.SIGMOID, 1);
        float[] w = {1f, 2f, 3f, 4f};
        float[] v = {2f, 8f, 1f, 1f};
        Momentum momentum = new Momentum(0.5f, 0.75f);
        momentum.move(blocks, blocks.of(1).get(0), w, v);
        assertThat(w).containsExactly(0f, -2f, 3f, 4f);
        assertThat(momentum.gradientScale(4)).isEqualTo(0.0625f);
    }

    /** The training of the reference, with each minibatch cut into shards. */
    private static final class Training {
        final float[] parameters = Wave.parameters(LAYERS);
        private final float[] velocity = new float[parameters.length];
        private final float[] before = new float[parameters.length];
        private final OutputLayer outputLayer;
        private final NeuronBlocks blocks;
        private final MinibatchShard[] minibatch;
        private final ShardGradients gradients;
        private final Momentum momentum;

        Training(OutputLayer outputLayer, int shards) {
            this.outputLayer = outputLayer;
            this.blocks = new NeuronBlocks(LAYERS, outputLayer, BATCH);
            this.minibatch = new MinibatchShard[shards];
            this.gradients = new ShardGradients(blocks, shards);
            this.momentum = new Momentum(outputLayer == OutputLayer.LINEAR ? LINEAR_RATE : 0.1f, 0.9f);
        }

        /** Makes a step and returns the squared error of its rows. */
        double step(int step, float[] targets) {
            double error = 0;
            System.arraycopy(velocity, 0, before, 0, before.length);
            for (int shard = 0; shard < minibatch.length; shard++) {
                int from = BATCH * shard / minibatch.length;
                int rows = BATCH * (shard + 1) / minibatch.length - from;
                int first = BATCH * (step % 3) + from;
                minibatch[shard] = new MinibatchShard(blocks, outputLayer, BATCH);
                minibatch[shard].rows(rows);
                System.arraycopy(INPUTS, first * 12, minibatch[shard].input(), 0, rows * 12);
                error += ForwardBackward.run(
                        minibatch[shard], blocks, parameters, targets, first, momentum.gradientScale(BATCH));
            }
            for (Block block : blocks.all()) {
                gradients.accumulate(block, minibatch, momentum.beta(), velocity);
                momentum.move(blocks, block, parameters, velocity);
            }
            return error;
        }

        /** The gradient of the last step. */
        float[] gradient() {
            float[] gradient = new float[parameters.length];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (velocity[i] - momentum.beta() * before[i]) / momentum.gradientScale(BATCH);
            }
            return gradient;
        }
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
