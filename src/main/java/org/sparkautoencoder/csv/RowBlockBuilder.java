package org.sparkautoencoder.csv;

import java.util.Arrays;

/** A block of rows being filled: bytes until the first row that is not of whole numbers. */
final class RowBlockBuilder {
    private static final int VALUES_A_BLOCK = 1 << 16; // at most 256 KiB, well below what G1 calls humongous

    private final int file;
    private final int width;
    private final int capacity;
    private final RowStatistics statistics = new RowStatistics();
    private final byte[] labels;
    private byte[] bytes;
    private float[] floats;
    private int rows;

    RowBlockBuilder(int file, int width) {
        this.file = file;
        this.width = width;
        this.capacity = Math.max(1, VALUES_A_BLOCK / width);
        this.labels = new byte[capacity];
        this.bytes = new byte[capacity * width];
    }

    RowStatistics statistics() {
        return statistics;
    }

    boolean isFull() {
        return rows == capacity;
    }

    /** @param whole whether all pixels are whole numbers, which are 0..255 then */
    void add(int label, float[] pixels, boolean whole) {
        if (!whole && floats == null) {
            floats = new float[capacity * width];
            for (int i = 0; i < rows * width; i++) {
                floats[i] = bytes[i] & 0xff;
            }
            bytes = null;
        }
        int at = rows * width;
        if (floats != null) {
            System.arraycopy(pixels, 0, floats, at, width);
        } else {
            for (int i = 0; i < width; i++) {
                bytes[at + i] = (byte) (int) pixels[i];
            }
        }
        labels[rows++] = (byte) label;
        statistics.row(label, pixels);
    }

    RowBlock build() {
        return new RowBlock(
                file,
                statistics,
                width,
                Arrays.copyOf(labels, rows),
                bytes == null ? null : rows == capacity ? bytes : Arrays.copyOf(bytes, rows * width),
                floats == null ? null : rows == capacity ? floats : Arrays.copyOf(floats, rows * width));
    }
}
