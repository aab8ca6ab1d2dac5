package org.sparkautoencoder.digits;

import java.io.Serializable;

/** Some rows of one file as parsed, before they are scaled, and what the lines they came from hold. */
final class RowBlock implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int file;
    private final Tally tally;
    private final byte[] labels;
    private final float[] pixels;

    /**
     * @param labels rows
     * @param pixels rows x width
     */
    RowBlock(int file, Tally tally, byte[] labels, float[] pixels) {
        this.file = file;
        this.tally = tally;
        this.labels = labels;
        this.pixels = pixels;
    }

    int file() {
        return file;
    }

    Tally tally() {
        return tally;
    }

    byte[] labels() {
        return labels;
    }

    float[] pixels() {
        return pixels;
    }
}
