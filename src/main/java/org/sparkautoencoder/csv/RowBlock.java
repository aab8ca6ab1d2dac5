package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Some rows of one file as parsed, before they are scaled, and what the lines they came from hold. Whole numbers are kept as
 * bytes: a quarter of the memory, and of what the shuffle moves.
 */
public final class RowBlock implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int file;
    private final RowStatistics statistics;
    private final int width;
    private final byte[] labels;
    private final byte[] bytes;
    private final float[] floats;

    /**
     * @param labels rows
     * @param bytes rows x width, 0..255 without sign; null where {@code floats} holds the pixels
     * @param floats rows x width
     */
    RowBlock(int file, RowStatistics statistics, int width, byte[] labels, byte[] bytes, float[] floats) {
        this.file = file;
        this.statistics = statistics;
        this.width = width;
        this.labels = labels;
        this.bytes = bytes;
        this.floats = floats;
    }

    /** A block without rows, for what its lines hold. */
    static RowBlock ofStatistics(int file, RowStatistics statistics) {
        return new RowBlock(file, statistics, 0, new byte[0], new byte[0], null);
    }

    int file() {
        return file;
    }

    RowStatistics statistics() {
        return statistics;
    }

    public int rows() {
        return labels.length;
    }

    public int label(int row) {
        return labels[row];
    }

    public boolean isBytes() {
        return bytes != null;
    }

    /** Puts a row's pixels into {@code to}: as bytes, or as floats. */
    public void putRow(int row, ByteBuffer to) {
        if (bytes != null) {
            to.put(bytes, row * width, width);
        } else {
            to.asFloatBuffer().put(floats, row * width, width);
            to.position(to.position() + Float.BYTES * width);
        }
    }

    /** A row's pixels, where {@code white} becomes 1. */
    float[] pixels(int row, float maxValue) {
        float[] pixels = new float[width];
        int at = row * width;
        for (int i = 0; i < width; i++) {
            pixels[i] = (bytes != null ? bytes[at + i] & 0xff : floats[at + i]) / maxValue;
        }
        return pixels;
    }
}
