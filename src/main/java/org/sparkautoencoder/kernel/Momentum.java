package org.sparkautoencoder.kernel;

import java.io.Serializable;

/**
 * Gradient descent with momentum, v = beta v + (1 - beta) g and w = w - rate v, where g is the mean of the gradient
 * over the rows of a minibatch.
 *
 * @param rate the learning rate, above 0
 * @param beta how much of the velocity stays, 0 up to but not including 1
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
     * What a gradient summed over a minibatch's rows is multiplied by before it is added to beta v: (1 - beta) / rows. The
     * deltas are multiplied by it, where it costs least.
     */
    public float share(int rows) {
        return (1 - beta) / rows;
    }

    /** Lets velocities [from, to) decay: v = beta v. */
    public void decay(float[] velocity, int from, int to) {
        scale(velocity, beta, from, to);
    }

    /** Moves parameters [from, to) by the velocity: w = w - rate v. */
    public void move(float[] parameters, float[] velocity, int from, int to) {
        move(parameters, velocity, rate, from, to);
    }

    private static void scale(float[] v, float beta, int from, int to) {
        for (int i = from; i < to; i++) {
            v[i] = beta * v[i];
        }
    }

    // Static, with nothing but locals and one index: the form that the JIT compiler vectorises.
    private static void move(float[] w, float[] v, float rate, int from, int to) {
        for (int i = from; i < to; i++) {
            w[i] = w[i] - rate * v[i];
        }
    }
}
