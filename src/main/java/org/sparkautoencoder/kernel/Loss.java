package org.sparkautoencoder.kernel;

/** What a training makes small, with the output layer that belongs to it. */
public enum Loss {
    /** The squared error of sigmoid outputs, summed over them. */
    SQUARED,
    /** The cross-entropy of softmax outputs (Bridle, NIPS 1989). */
    CROSS_ENTROPY
}
