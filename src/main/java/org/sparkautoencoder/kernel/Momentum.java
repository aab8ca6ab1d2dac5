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
     * Updates parameters [from, to).
     *
     * @param gradient summed over the minibatch's rows; lies as the parameters do, and so does the velocity
     * @param rows rows of the minibatch
     */
    public void update(float[] parameters, float[] velocity, float[] gradient, int rows, int from, int to) {
        update(parameters, velocity, gradient, rate, beta, (1 - beta) / rows, from, to);
    }

    // Static, with nothing but locals and one index: the form that the JIT compiler vectorises.
    private static void update(float[] w, float[] v, float[] g, float rate, float beta, float share, int from, int to) {
        for (int i = from; i < to; i++) {
            float velocity = beta * v[i] + share * g[i];
            v[i] = velocity;
            w[i] = w[i] - rate * velocity;
        }
    }
}
