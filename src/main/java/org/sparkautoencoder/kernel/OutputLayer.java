package org.sparkautoencoder.kernel;

import java.util.Locale;

/** The output layer of a network: its activation, and the loss that a training minimises with it. */
public enum OutputLayer {
    /** Sigmoid outputs, for values 0..1; the loss is their squared error, summed over them. */
    SIGMOID,
    /** The sums as they are, for unbounded values; the loss is their squared error, summed over them. */
    LINEAR,
    /** Softmax outputs, for the probabilities of classes; the loss is their cross-entropy (Bridle, NIPS 1989). */
    SOFTMAX;

    /** As it stands in model files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the loss is the squared error; else it is the cross-entropy. */
    public boolean hasSquaredError() {
        return this != SOFTMAX;
    }

    /** Whether an output depends on the sums of all neurons of the layer, not of its own alone. */
    boolean needsWholeLayer() {
        return this == SOFTMAX;
    }

    /** Computes outputs from their sums z, neurons x rows from {@code offset} on, in place. */
    void apply(float[] z, int offset, int neurons, int rows) {
        switch (this) {
            case SIGMOID -> Sigmoid.apply(z, offset, neurons * rows);
            case SOFTMAX -> Softmax.apply(z, neurons, rows); // the whole layer, from 0 on
            case LINEAR -> {} // a = z
        }
    }

    /**
     * Computes the deltas of n values from {@code offset} on.
     *
     * @param a outputs
     * @param t targets; overwritten where the loss is the squared error
     * @param scale what the deltas are multiplied by
     * @return the loss, summed over the values
     */
    float delta(float[] a, float[] t, float[] delta, int offset, int n, float scale) {
        switch (this) {
            case SIGMOID -> SquaredError.sigmoidDelta(a, t, delta, offset, n, scale);
            case LINEAR -> SquaredError.linearDelta(a, t, delta, offset, n, scale);
            case SOFTMAX -> {
                return (float) Softmax.delta(a, t, delta, n, scale); // the whole layer, from 0 on
            }
        }
        return Blas.sumOfSquares(n, t, offset);
    }
}
