package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;

final class NeuronBlocksTest {
    static Stream<Layers> networks() {
        return Stream.of(
                new Layers(784, 200, 784),
                new Layers(784, 300, 100, 300, 784),
                new Layers(784, 2001, 10),
                new Layers(200, 10),
                new Layers(3, 1));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void of_anyNumberOfWorkers_ownEachNeuronOnce(Layers layers) {
        NeuronBlocks blocks = new NeuronBlocks(layers, OutputLayer.SIGMOID, 32);
        for (int workers = 1; workers <= 20; workers++) {
            List<Block> all = new ArrayList<>();
            for (int l = 1; l <= layers.depth(); l++) {
                int neuron = 0;
                for (int worker = 0; worker < workers; worker++) {
                    for (Block block : blocks.of(l, worker, workers)) {
                        assertThat(block.from()).isEqualTo(neuron);
                        assertThat(block.layer()).isEqualTo(l);
                        neuron = block.to();
                        all.add(block);
                    }
                }
                assertThat(neuron).isEqualTo(layers.size(l));
            }
            assertThat(all).isEqualTo(blocks.all()).hasSize(blocks.total());
        }
        for (int i = 0; i < blocks.total(); i++) {
            assertThat(blocks.number(blocks.all().get(i))).isEqualTo(i);
        }
        assertThat(blocks.all().stream().mapToInt(blocks::parameters).sum()).isEqualTo(layers.parameters());
    }

    @Test
    void of_theStudysNetwork_isSharedEvenlyByTwoAndFour() {
        NeuronBlocks blocks = new NeuronBlocks(new Layers(784, 200, 784), OutputLayer.SIGMOID, 32);
        assertThat(blocks.maxPerLayer()).isEqualTo(4);
        for (int l = 1; l <= 2; l++) {
            int neurons = l == 1 ? 200 : 784;
            assertThat(blocks.of(l, 0, 2).stream().mapToInt(Block::neurons).sum())
                    .isEqualTo(neurons / 2);
        }
    }

    @Test
    void of_softmax_isOneBlock() {
        NeuronBlocks blocks = new NeuronBlocks(new Layers(784, 2000, 500), OutputLayer.SOFTMAX, 64);
        assertThat(blocks.of(2)).hasSize(1);
        assertThat(blocks.of(1)).hasSizeGreaterThan(1);
    }
}
