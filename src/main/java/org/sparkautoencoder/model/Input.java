package org.sparkautoencoder.model;

import java.util.Locale;

/** The input of an autoencoder. */
public enum Input {
    /** Rows with their masking noise. */
    NOISED,
    /** Rows as they are. */
    CLEAN;

    /** As the tables call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
