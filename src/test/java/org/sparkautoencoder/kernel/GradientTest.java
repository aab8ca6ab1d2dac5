package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;

/** Outputs and gradients against a network in double and its finite differences. */
final class GradientTest {
    static Stream<Arguments> networks() {
        return Stream.of(
                        new Layers(5, 3),
                        new Layers(6, 4, 6),
                        new Layers(12, 7, 5, 12),
                        new Layers(9, 17, 3, 8, 2),
                        new Layers(1, 1, 1))
                .flatMap(layers -> Stream.of(OutputLayer.SIGMOID, OutputLayer.LINEAR)
                        .map(outputLayer -> Arguments.of(layers, outputLayer)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void output_anyNetwork_isThatOfPlainLoops(Layers layers, OutputLayer outputLayer) {
        int rows = 7;
        float[] parameters = Wave.parameters(layers);
        float[] inputs = Wave.of(rows * layers.inputs(), 1.5, 0.5, 0.5);
        ForwardPass pass = new ForwardPass(layers, outputLayer, rows + 2);
        pass.rows(rows);
        System.arraycopy(inputs, 0, pass.input(), 0, inputs.length);
        pass.forward(parameters);
        PlainNetwork plain = new PlainNetwork(layers, outputLayer, parameters);
        for (int r = 0; r < rows; r++) {
            double[] expected = plain.output(PlainNetwork.row(inputs, r, layers.inputs()));
            for (int j = 0; j < expected.length; j++) {
                assertThat((double) pass.output()[j * rows + r]).isCloseTo(expected[j], within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradient_anyNetwork_isTheFiniteDifference(Layers layers, OutputLayer outputLayer) {
        int rows = 5;
        float[] parameters = Wave.parameters(layers);
        float[] inputs = Wave.of(rows * layers.inputs(), 2.0, 0.5, 0.5);
        float[] targets = outputLayer == OutputLayer.LINEAR
                ? Wave.of(rows * layers.outputs(), 2.3, 3, -1)
                : Wave.of(rows * layers.outputs(), 2.3, 0.5, 0.5);
        NeuronBlocks blocks = new NeuronBlocks(layers, outputLayer, rows);
        MinibatchShard shard = new MinibatchShard(blocks, outputLayer, rows);
        shard.rows(rows);
        System.arraycopy(inputs, 0, shard.input(), 0, inputs.length);
        double loss = ForwardBackward.run(shard, blocks, parameters, targets, 0, 1f);
        float[] gradient = new float[parameters.length];
        for (Block block : blocks.all()) {
            shard.gradient(block, gradient);
        }
        PlainNetwork plain = new PlainNetwork(layers, outputLayer, parameters);
        double expectedLoss = plain.squaredError(inputs, targets, 0, rows);
        double[] expected = plain.gradient(inputs, targets, 0, rows);
        assertThat(loss).isCloseTo(expectedLoss, within(1e-6 * Math.max(10, expectedLoss)));
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) gradient[i]).isCloseTo(expected[i], within(2e-5));
        }
    }
}
