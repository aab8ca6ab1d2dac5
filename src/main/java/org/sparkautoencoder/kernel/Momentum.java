package org.sparkautoencoder.kernel;

import java.io.Serializable;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;

/**
 * Gradient descent with momentum, v = beta v + (1 - beta) g and w = w - rate v, where g is the mean of the gradient
 * over the rows of a minibatch.
 *
 * @param rate the learning rate, above 0
 * @param beta the fraction of the velocity that a step keeps, in [0, 1)
 */
public record Momentum(float rate, float beta) implements Serializable {
    public Momentum {
        if (!(rate > 0 && rate < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the learning rate must be above 0 and finite, got " + rate);
        }
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException("the momentum must be in [0, 1), got " + beta);
        }
    }

    /**
     * The factor of a gradient summed over a minibatch's rows in the velocity: (1 - beta) / rows. The deltas are multiplied by
     * it, where it costs least.
     */
    public float gradientScale(int rows) {
        return (1 - beta) / rows;
    }

    /** w = w - rate v, for a block of arrays that lie as {@code blocks} says. */
    public void move(NeuronBlocks blocks, Block block, float[] parameters, float[] velocity) {
        int weights = blocks.weights(block);
        int biases = blocks.biases(block);
        move(parameters, velocity, weights, weights + blocks.weightCount(block), rate);
        move(parameters, velocity, biases, biases + block.neurons(), rate);
    }

    // Static, with nothing but locals and one index: the form that the JIT compiler vectorises.
    private static void move(float[] w, float[] v, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            w[i] = w[i] - rate * v[i];
        }
    }
}
