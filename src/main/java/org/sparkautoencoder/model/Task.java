package org.sparkautoencoder.model;

/** What a network learns, which decides what its error is. */
public enum Task {
    /** To give back its input, without the noise: the error is the mean squared error over rows and outputs. */
    RECONSTRUCT,
    /** To name the digit: the error is 1 - balanced accuracy. */
    CLASSIFY
}
