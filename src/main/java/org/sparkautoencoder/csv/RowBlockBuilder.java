package org.sparkautoencoder.csv;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A block of rows being filled: bytes until the first row that is not of whole numbers 0..255. */
final class RowBlockBuilder {
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

    RowBlockBuilder(int file, int width) {
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
            add(parser.label(), values, parser.isBytes());
            statistics.values(parser);
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
