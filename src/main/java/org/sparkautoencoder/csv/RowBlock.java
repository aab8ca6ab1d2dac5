package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Some rows of one file as parsed, before they are scaled, and what the lines they came from hold. Whole numbers 0..255 are kept
 * as bytes: a quarter of the memory, and of what the shuffle moves.
 */
public final class RowBlock implements Serializable {
    private static final short UNLABELLED = -1;
    private static final long serialVersionUID = 1L;

    private final int file;
    private final RowStatistics statistics;
    private final int width;
    private final Map<String, Short> codes;
    private final short[] labels;
    private final byte[] bytes;
    private final float[] floats;

    /**
     * @param codes the number that stands in {@code labels} for each label
     * @param labels rows
     * @param bytes rows x width, 0..255 without sign; null where {@code floats} holds the values
     * @param floats rows x width
     */
    RowBlock(
            int file,
            RowStatistics statistics,
            int width,
            Map<String, Short> codes,
            short[] labels,
            byte[] bytes,
            float[] floats) {
        this.file = file;
        this.statistics = statistics;
        this.width = width;
        this.codes = codes;
        this.labels = labels;
        this.bytes = bytes;
        this.floats = floats;
    }

    /** A block without rows, for what its lines hold. */
    static RowBlock ofStatistics(int file, RowStatistics statistics) {
        return new RowBlock(file, statistics, 0, Map.of(), new short[0], new byte[0], null);
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

    /** The rows' classes, by row; {@link DataRow#UNLABELLED} where there is no label. */
    public short[] classes(Classes classes) {
        short[] numbers = classes.numbers(codes);
        short[] ofRows = new short[labels.length];
        for (int row = 0; row < labels.length; row++) {
            ofRows[row] = labels[row] == UNLABELLED ? DataRow.UNLABELLED : numbers[labels[row]];
        }
        return ofRows;
    }

    public boolean isBytes() {
        return bytes != null;
    }

    /** Puts a row's values into {@code to}: as bytes, or as floats. */
    public void putRow(int row, ByteBuffer to) {
        if (bytes != null) {
            to.put(bytes, row * width, width);
        } else {
            to.asFloatBuffer().put(floats, row * width, width);
            to.position(to.position() + Float.BYTES * width);
        }
    }

    /** A value as it was parsed; NaN where it is missing. */
    float value(int row, int column) {
        return bytes != null ? bytes[row * width + column] & 0xff : floats[row * width + column];
    }

    /** A row's values, scaled. */
    float[] scaled(int row, Scaling scaling) {
        float[] values = new float[width];
        for (int i = 0; i < width; i++) {
            values[i] = value(row, i);
        }
        scaling.apply(values, 0, width);
        return values;
    }
}
