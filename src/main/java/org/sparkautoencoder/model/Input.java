package org.sparkautoencoder.model;

import java.util.Locale;

/** What an autoencoder is shown. */
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
