package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;

/** Outputs and gradients against a network in double and its finite differences. */
final class GradientTest {
    private static final double H = 1e-6;

    static Stream<Layers> networks() {
        return Stream.of(
                new Layers(5, 3),
                new Layers(6, 4, 6),
                new Layers(12, 7, 5, 12),
                new Layers(9, 17, 3, 8, 2),
                new Layers(1, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void output_anyNetwork_isThatOfPlainLoops(Layers layers) {
        int rows = 7;
        float[] parameters = Wave.parameters(layers);
        float[] inputs = Wave.of(rows * layers.inputs(), 1.5, 0.5, 0.5);
        ForwardPass pass = new ForwardPass(layers, rows + 2);
        pass.rows(rows);
        System.arraycopy(inputs, 0, pass.input(), 0, inputs.length);
        pass.forward(parameters);
        PlainNetwork plain = new PlainNetwork(layers, doubles(parameters));
        for (int r = 0; r < rows; r++) {
            double[] expected = plain.output(row(inputs, r, layers.inputs()));
            for (int j = 0; j < expected.length; j++) {
                assertThat((double) pass.output()[j * rows + r]).isCloseTo(expected[j], within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradient_anyNetwork_isTheFiniteDifference(Layers layers) {
        int rows = 5;
        float[] parameters = Wave.parameters(layers);
        float[] inputs = Wave.of(rows * layers.inputs(), 2.0, 0.5, 0.5);
        float[] targets = Wave.of(rows * layers.outputs(), 2.3, 0.5, 0.5);
        NeuronBlocks blocks = new NeuronBlocks(layers, Loss.SQUARED, rows);
        MinibatchShard shard = new MinibatchShard(blocks, Loss.SQUARED, rows);
        shard.rows(rows);
        System.arraycopy(inputs, 0, shard.input(), 0, inputs.length);
        double loss = ForwardBackward.run(shard, blocks, parameters, targets, 0, 1f);
        float[] gradient = new float[parameters.length];
        for (Block block : blocks.all()) {
            shard.gradient(block, gradient);
        }
        double[] moved = doubles(parameters);
        assertThat(loss).isCloseTo(loss(layers, moved, inputs, targets, rows), within(1e-5));
        for (int i = 0; i < moved.length; i++) {
            double at = moved[i];
            moved[i] = at + H;
            double above = loss(layers, moved, inputs, targets, rows);
            moved[i] = at - H;
            double below = loss(layers, moved, inputs, targets, rows);
            moved[i] = at;
            assertThat((double) gradient[i]).isCloseTo((above - below) / (2 * H), within(2e-5));
        }
    }

    private static double loss(Layers layers, double[] parameters, float[] inputs, float[] targets, int rows) {
        PlainNetwork plain = new PlainNetwork(layers, parameters);
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            loss += plain.squaredError(row(inputs, r, layers.inputs()), row(targets, r, layers.outputs()));
        }
        return loss;
    }

    private static double[] row(float[] rows, int r, int width) {
        double[] row = new double[width];
        for (int i = 0; i < width; i++) {
            row[i] = rows[r * width + i];
        }
        return row;
    }

    private static double[] doubles(float[] values) {
        return row(values, 0, values.length);
    }
}
