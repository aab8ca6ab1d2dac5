package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.Pass;

/**
 * The update of a step, slice of the parameters by slice: v = beta v, then v = v + g_s for each shard s in order, then w = w
 * - rate v. For one thread; several share out the slices.
 */
final class SliceUpdate {
    // Slices are neurons of each layer. They follow from the number of shards alone, so that every product has the same
    // shape, and so the same bits, for any number of workers, in every JVM and in every exchange.
    private static final int MOST_SLICES = 16;

    private final Layers layers;
    private final Momentum momentum;
    private final int slices;
    private final float[] scratch;

    SliceUpdate(Layers layers, Momentum momentum, int shards) {
        this.layers = layers;
        this.momentum = momentum;
        this.slices = Math.min(shards, MOST_SLICES);
        int longest = 0;
        for (int l = 1; l <= layers.depth(); l++) {
            int neurons = (layers.size(l) + slices - 1) / slices;
            longest = Math.max(longest, Pass.scratch(layers, l, neurons));
        }
        this.scratch = new float[longest];
    }

    int slices() {
        return slices;
    }

    /** Forms the gradients from the factors that lie in the shards' passes. */
    void apply(int slice, Pass[] passes, float[] parameters, float[] velocity) {
        for (int l = 1; l <= layers.depth(); l++) {
            int from = first(l, slice);
            int to = first(l, slice + 1);
            if (from == to) {
                continue;
            }
            int weights = layers.weights(l);
            int width = layers.size(l - 1);
            int biases = layers.biases(l);
            momentum.decay(velocity, weights + from * width, weights + to * width);
            momentum.decay(velocity, biases + from, biases + to);
            for (Pass pass : passes) {
                pass.addGradient(l, from, to, velocity, scratch);
            }
            momentum.move(parameters, velocity, weights + from * width, weights + to * width);
            momentum.move(parameters, velocity, biases + from, biases + to);
        }
    }

    /** Stores a shard's gradient, product by product as {@link #apply} forms it. */
    void gradient(Pass pass, float[] gradient) {
        for (int l = 1; l <= layers.depth(); l++) {
            for (int slice = 0; slice < slices; slice++) {
                int from = first(l, slice);
                int to = first(l, slice + 1);
                if (from < to) {
                    pass.storeGradient(l, from, to, gradient);
                }
            }
        }
    }

    private int first(int l, int slice) {
        return (int) ((long) layers.size(l) * slice / slices);
    }
}
