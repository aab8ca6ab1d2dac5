package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree.Node;

/** Gradients summed by one against the same summed by several, in shapes on both sides of what BLAS does in one product. */
final class ShardGradientsTest {
    private static final Momentum MOMENTUM = new Momentum(0.1f, 0.9f);

    static List<int[]> setups() {
        List<int[]> setups = new ArrayList<>();
        for (int shards : new int[] {1, 2, 3, 7, 20}) {
            for (int rows : new int[] {1, 3, 16, 17, 128, 129, 300}) {
                setups.add(new int[] {shards, rows, 36, 12, 36});
                setups.add(new int[] {shards, rows, 30, 20, 10, 7});
            }
        }
        setups.add(new int[] {1, 32, 784, 200, 784});
        setups.add(new int[] {2, 16, 784, 200, 784});
        setups.add(new int[] {4, 130, 784, 200, 784});
        return setups;
    }

    @ParameterizedTest
    @MethodSource("setups")
    void accumulate_oneJvmOrSumsOfSeveral_sameBits(int[] setup) {
        int shards = setup[0];
        int rows = setup[1];
        int[] sizes = new int[setup.length - 2];
        System.arraycopy(setup, 2, sizes, 0, sizes.length);
        Layers layers = new Layers(sizes);
        NeuronBlocks blocks = new NeuronBlocks(layers, OutputLayer.SIGMOID, rows);
        Random random = new Random(rows);
        float[] whole = new float[layers.parameters()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (float) (0.1 * random.nextGaussian());
        }
        float[] split = whole.clone();
        float[] velocity = new float[whole.length];
        float[] splitVelocity = new float[whole.length];
        ShardGradients gradients = new ShardGradients(blocks, shards);
        MinibatchShard[] minibatch = new MinibatchShard[shards];
        for (int s = 0; s < shards; s++) {
            minibatch[s] = new MinibatchShard(blocks, OutputLayer.SIGMOID, rows);
        }
        for (int step = 0; step < 3; step++) {
            for (int s = 0; s < shards; s++) {
                // A shard may have fewer rows than others in the last minibatch, or none.
                fill(minibatch[s], step == 2 ? Math.max(0, rows - s) : rows, blocks, random, whole);
            }
            for (Block block : blocks.all()) {
                gradients.accumulate(block, minibatch, MOMENTUM.beta(), velocity);
                MOMENTUM.move(blocks, block, whole, velocity);
            }
            int executors = Math.min(shards, 1 + step);
            for (Block block : blocks.all()) {
                List<Node> nodes = new ArrayList<>();
                float[][] sums = new float[shards][];
                for (int e = 0; e < executors; e++) {
                    nodes.addAll(SummationTree.cover(shards * e / executors, shards * (e + 1) / executors, shards));
                }
                for (Node node : nodes) {
                    sums[node.from()] = gradients.sum(block, minibatch, node).clone();
                }
                SummationTree.above(nodes, shards)
                        .forEach(addition -> blocks.add(block, sums[addition.from()], sums[addition.to()]));
                blocks.accumulate(block, MOMENTUM.beta(), splitVelocity, sums[0]);
                MOMENTUM.move(blocks, block, split, splitVelocity);
            }
            assertThat(split).isEqualTo(whole);
            assertThat(splitVelocity).isEqualTo(velocity);
        }
    }

    private static void fill(MinibatchShard shard, int rows, NeuronBlocks blocks, Random random, float[] parameters) {
        Layers layers = blocks.layers();
        shard.rows(rows);
        float[] targets = new float[Math.max(1, rows) * layers.outputs()];
        for (int i = 0; i < rows * layers.inputs(); i++) {
            shard.input()[i] = random.nextFloat();
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] = random.nextFloat();
        }
        ForwardBackward.run(shard, blocks, parameters, targets, 0, 0.1f / Math.max(1, rows));
    }
}
