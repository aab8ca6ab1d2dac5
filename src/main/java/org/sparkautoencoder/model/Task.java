package org.sparkautoencoder.model;

/** What a network learns, which decides its error. */
public enum Task {
    /** To reproduce its input without the noise: the error is the mean squared error over rows and outputs. */
    RECONSTRUCT,
    /** To predict the label: the error is 1 - balanced accuracy. */
    CLASSIFY
}
