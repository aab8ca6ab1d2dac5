package org.sparkautoencoder.shards;

import java.util.Locale;

/** A part of the data. */
public enum Split {
    /** The rows that a network is trained on. */
    TRAIN,
    /** Rows that it has not seen in its training. */
    TEST;

    /** As the tables call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
