package org.sparkautoencoder.training;

import org.sparkautoencoder.kernel.Momentum;

/**
 * Learning rate and momentum as the user wrote them, which is how they are stored: 0.01 as a float is another number, and
 * {@code WHERE learning_rate = 0.01} would not find it.
 */
public record UpdateRule(double learningRate, double momentum) {
    /** What the training computes with. */
    public Momentum inFloat() {
        return new Momentum((float) learningRate, (float) momentum);
    }
}
