package org.sparkautoencoder.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.Pass;

/** The update from factors, against sums of stored gradients, in shapes on both sides of what BLAS does in one product. */
final class SliceUpdateTest {
    private static final Momentum MOMENTUM = new Momentum(0.1f, 0.9f);

    static List<int[]> setups() {
        List<int[]> setups = new ArrayList<>();
        for (int shards : new int[] {1, 2, 3, 7, 20}) {
            for (int rows : new int[] {1, 3, 16, 17, 128, 129, 300}) {
                setups.add(new int[] {shards, rows, 36, 12, 36});
                setups.add(new int[] {shards, rows, 30, 20, 10, 7});
            }
        }
        setups.add(new int[] {2, 16, 784, 200, 784});
        setups.add(new int[] {4, 130, 784, 200, 784});
        return setups;
    }

    @ParameterizedTest
    @MethodSource("setups")
    void apply_factorsOrStoredGradients_sameBits(int[] setup) {
        int shards = setup[0];
        int rows = setup[1];
        int[] sizes = new int[setup.length - 2];
        System.arraycopy(setup, 2, sizes, 0, sizes.length);
        Layers layers = new Layers(sizes);
        Random random = new Random(rows);
        float[] factored = new float[layers.parameters()];
        for (int i = 0; i < factored.length; i++) {
            factored[i] = (float) (0.1 * random.nextGaussian());
        }
        float[] stored = factored.clone();
        float[] velocity = new float[factored.length];
        float[] storedVelocity = new float[factored.length];
        SliceUpdate update = new SliceUpdate(layers, MOMENTUM);
        Pass[] passes = new Pass[shards];
        for (int s = 0; s < shards; s++) {
            passes[s] = new Pass(layers, rows);
        }
        for (int step = 0; step < 3; step++) {
            for (int s = 0; s < shards; s++) {
                // A shard may have fewer rows than others in the last minibatch, or none.
                fill(passes[s], step == 2 ? Math.max(0, rows - s) : rows, layers, random, factored);
            }
            for (int slice = update.slices() - 1; slice >= 0; slice--) {
                update.apply(slice, passes, factored, velocity);
            }
            MOMENTUM.decay(storedVelocity, 0, stored.length);
            float[] gradient = new float[stored.length];
            for (Pass pass : passes) {
                update.gradient(pass, gradient);
                for (int i = 0; i < gradient.length; i++) {
                    storedVelocity[i] += gradient[i];
                }
            }
            MOMENTUM.move(stored, storedVelocity, 0, stored.length);
            assertThat(stored).isEqualTo(factored);
            assertThat(storedVelocity).isEqualTo(velocity);
        }
    }

    private static void fill(Pass pass, int rows, Layers layers, Random random, float[] parameters) {
        pass.rows(rows);
        float[] targets = new float[Math.max(1, rows) * layers.outputs()];
        int[] order = new int[rows];
        for (int i = 0; i < rows * layers.inputs(); i++) {
            pass.input()[i] = random.nextFloat();
        }
        for (int r = 0; r < rows; r++) {
            order[r] = r;
            for (int i = 0; i < layers.outputs(); i++) {
                targets[r * layers.outputs() + i] = random.nextFloat();
            }
        }
        pass.targets(targets, order, 0);
        pass.forward(parameters);
        pass.backward(parameters, 0.1f / Math.max(1, rows));
    }
}
