package org.sparkautoencoder.kernel;

/** The loss that a training minimises, with its output layer. */
public enum Loss {
    /** The squared error of sigmoid outputs, summed over them. */
    SQUARED,
    /** The cross-entropy of softmax outputs (Bridle, NIPS 1989). */
    CROSS_ENTROPY
}
