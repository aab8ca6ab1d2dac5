package org.sparkautoencoder.model;

import java.util.Locale;

/** The kinds of models. */
public enum ModelKind {
    /** Learns to remove masking noise. */
    DENOISING,
    /** Learns to reproduce its input. */
    AUTOENCODER,
    /** Learns the classes of rows. */
    CLASSIFIER;

    /** As it stands in tables and model files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
