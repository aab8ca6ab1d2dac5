package org.sparkautoencoder.exchange;

import java.util.ArrayList;
import java.util.List;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.Pass;

/**
 * The update of a step, slice of the parameters by slice: v = beta v, then v = v + g_s for each shard s in order, then w = w
 * - rate v. For one thread; several share out the slices.
 */
final class SliceUpdate {
    // A slice is a few neurons of a layer, so few that its parameters and velocities stay in a core's own cache from
    // the first line of the update to the last. Slices follow from the layers alone, so that every product has the
    // same shape, and so the same bits, for any number of workers, in every JVM and in every exchange.
    private static final int VALUES = 1 << 15;
    private static final int NEURONS = 8;

    private record Slice(int layer, int from, int to) {}

    private final Layers layers;
    private final Momentum momentum;
    private final List<Slice> slices = new ArrayList<>();
    private final float[] scratch;

    SliceUpdate(Layers layers, Momentum momentum) {
        this.layers = layers;
        this.momentum = momentum;
        int longest = 0;
        for (int l = 1; l <= layers.depth(); l++) {
            int neurons = layers.size(l);
            int parts = (int) (((long) neurons * layers.size(l - 1) + VALUES - 1) / VALUES);
            int most = ((neurons + parts - 1) / parts + NEURONS - 1) / NEURONS * NEURONS;
            for (int from = 0; from < neurons; from += most) {
                slices.add(new Slice(l, from, Math.min(from + most, neurons)));
            }
            longest = Math.max(longest, Pass.scratch(layers, l, Math.min(most, neurons)));
        }
        this.scratch = new float[longest];
    }

    int slices() {
        return slices.size();
    }

    /** Forms the gradients from the factors that lie in the shards' passes. */
    void apply(int index, Pass[] passes, float[] parameters, float[] velocity) {
        Slice slice = slices.get(index);
        int width = layers.size(slice.layer - 1);
        int weights = layers.weights(slice.layer);
        int biases = layers.biases(slice.layer);
        momentum.decay(velocity, weights + slice.from * width, weights + slice.to * width);
        momentum.decay(velocity, biases + slice.from, biases + slice.to);
        for (Pass pass : passes) {
            pass.addGradient(slice.layer, slice.from, slice.to, velocity, scratch);
        }
        momentum.move(parameters, velocity, weights + slice.from * width, weights + slice.to * width);
        momentum.move(parameters, velocity, biases + slice.from, biases + slice.to);
    }

    /** Stores a shard's gradient, product by product as {@link #apply} forms it. */
    void gradient(Pass pass, float[] gradient) {
        for (Slice slice : slices) {
            pass.storeGradient(slice.layer, slice.from, slice.to, gradient);
        }
    }
}
