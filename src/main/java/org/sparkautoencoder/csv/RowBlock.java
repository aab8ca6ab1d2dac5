package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.sparkautoencoder.kernel.RandomKeys;

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

    /** A number that depends on all that its rows hold; it costs nothing, since the rows were hashed when they were parsed. */
    long checksum() {
        long ofNames = 0; // in whatever order
        for (Map.Entry<String, Short> label : codes.entrySet()) {
            ofNames += RandomKeys.mix(label.getKey().hashCode(), label.getValue());
        }
        return RandomKeys.mix(statistics.checksum(), ofNames);
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

    /** A block of rows being filled: bytes until the first row that is not of whole numbers 0..255. */
    static final class Builder {
        private static final int VALUES_A_BLOCK = 1 << 16; // at most 256 KiB, well below what G1 calls humongous
        private static final int MOST_ROWS = Short.MAX_VALUE;

        private final int file;
        private final int width;
        private final int capacity;
        private final RowStatistics statistics = new RowStatistics();
        private final HashMap<String, Short> codes = new HashMap<>();
        private final long[] labelKeys;
        private final long[] labelCounts;
        private final short[] labels;
        private byte[] bytes;
        private float[] floats;
        private int rows;

        Builder(int file, int width) {
            this.file = file;
            this.width = width;
            this.capacity = Math.max(1, Math.min(MOST_ROWS, VALUES_A_BLOCK / width));
            this.labelKeys = new long[capacity];
            this.labelCounts = new long[capacity];
            this.labels = new short[capacity];
            this.bytes = new byte[capacity * width];
        }

        RowStatistics statistics() {
            return statistics;
        }

        boolean isFull() {
            return rows == capacity;
        }

        /**
         * Takes the row in a line, which is counted already.
         *
         * @param values as the parser needs them
         * @return false if the row is bad and ends the reading
         */
        boolean take(RowParser parser, byte[] line, int start, int end, float[] values, CsvSettings.BadRows badRows) {
            if (parser.parse(line, start, end, values)) {
                add(parser.label(), values, parser.row().bytes);
                statistics.values(parser.row());
                return true;
            }
            BadRow bad = parser.badRow(statistics.lines());
            statistics.bad(bad);
            return !bad.reason().isBad() || badRows == CsvSettings.BadRows.SKIP;
        }

        /**
         * @param label null for none
         * @param areBytes whether all values are whole numbers 0..255
         */
        private void add(String label, float[] values, boolean areBytes) {
            if (!areBytes && floats == null) {
                floats = new float[capacity * width];
                for (int i = 0; i < rows * width; i++) {
                    floats[i] = bytes[i] & 0xff;
                }
                bytes = null;
            }
            int at = rows * width;
            if (floats != null) {
                System.arraycopy(values, 0, floats, at, width);
            } else {
                for (int i = 0; i < width; i++) {
                    bytes[at + i] = (byte) (int) values[i];
                }
            }
            int code = label == null ? DataRow.UNLABELLED : code(label);
            labels[rows++] = (short) code;
            if (code >= 0) {
                labelCounts[code]++;
            }
            statistics.row(code < 0 ? RowStatistics.labelKey(null) : labelKeys[code], values);
        }

        private int code(String label) {
            Short known = codes.get(label);
            if (known != null) {
                return known;
            }
            int code = codes.size();
            codes.put(label, (short) code);
            labelKeys[code] = RowStatistics.labelKey(label);
            return code;
        }

        RowBlock build() {
            for (Map.Entry<String, Short> entry : codes.entrySet()) {
                statistics.labels(entry.getKey(), labelCounts[entry.getValue()]);
            }
            return new RowBlock(
                    file,
                    statistics,
                    width,
                    codes,
                    Arrays.copyOf(labels, rows),
                    bytes == null ? null : rows == capacity ? bytes : Arrays.copyOf(bytes, rows * width),
                    floats == null ? null : rows == capacity ? floats : Arrays.copyOf(floats, rows * width));
        }
    }
}
