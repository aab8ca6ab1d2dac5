package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.sparkautoencoder.kernel.RandomKeys;

/** Statistics of some consecutive lines. Those of consecutive ranges, added in order, give those of the whole. */
final class RowStatistics implements Serializable {
    // The fingerprint of rows with hashes h_0, h_1, ... is the sum of h_i m^(n-1-i) mod 2^64, for two odd multipliers
    // m. It depends on each row's place, and two stretches merge as f(ab) = f(a) m^|b| + f(b): no matter where the
    // cut was.
    private static final long MULTIPLIER_A = 0xd1342543de82ef95L;
    private static final long MULTIPLIER_B = 0xaf251af3b0f025b5L;
    private static final long serialVersionUID = 1L;

    /** What is known of the values of one row. */
    static final class Row {
        /** Whether all are known to be whole numbers 0..255. */
        boolean bytes;

        /** Whether one is not a whole number. */
        boolean fractions;

        float smallest;
        float largest;

        /** How many are missing. */
        int missing;

        /** How many lie outside the range of the training rows. */
        int outside;

        /** @param isByte whether the value is known to be a whole number 0..255 */
        void add(float value, boolean isByte) {
            bytes &= isByte;
            fractions |= value != Math.rint(value);
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }

        void reset() {
            bytes = true;
            fractions = false;
            smallest = Float.POSITIVE_INFINITY;
            largest = Float.NEGATIVE_INFINITY;
            missing = 0;
            outside = 0;
        }
    }

    private final Map<String, Long> labels = new TreeMap<>();
    private final Map<BadRow.Reason, Long> skipped = new TreeMap<>(); // Kryo fails at an EnumMap
    private long lines;
    private long rows;
    private long hashA;
    private long hashB;
    private float smallest = Float.POSITIVE_INFINITY;
    private float largest = Float.NEGATIVE_INFINITY;
    private boolean fractions;
    private long missing;
    private long outsideValues;
    private long outsideRows;
    private BadRow firstBad;
    private BadRow firstUnreadable;

    void line() {
        lines++;
    }

    /**
     * Counts a good row.
     *
     * @param labelKey see {@link #labelKey}
     * @param values as they were parsed
     */
    void row(long labelKey, float[] values) {
        rows++;
        long hash = rowHash(labelKey, values);
        hashA = hashA * MULTIPLIER_A + hash;
        hashB = hashB * MULTIPLIER_B + RandomKeys.mix(hash, 1);
    }

    /** Counts rows with a label. */
    void labels(String label, long number) {
        labels.merge(label, number, Long::sum);
        if (labels.size() > Classes.MOST) {
            throw new BadInputException("the label has more than " + Classes.MOST + " different values, among them '"
                    + label
                    + "': that is no label (--label-column names another column, --unlabelled says that there is"
                    + " none)");
        }
    }

    /** Takes what is known of the values of a good row. */
    void values(Row row) {
        smallest = Math.min(smallest, row.smallest);
        largest = Math.max(largest, row.largest);
        fractions |= row.fractions;
        missing += row.missing;
        outsideValues += row.outside;
        outsideRows += row.outside > 0 ? 1 : 0;
    }

    void bad(BadRow row) {
        skipped.merge(row.reason(), 1L, Long::sum);
        if (!row.reason().isBad()) {
            return;
        }
        firstBad = firstBad == null ? row : firstBad;
        if (firstUnreadable == null && row.reason() == BadRow.Reason.UNREADABLE) {
            firstUnreadable = row;
        }
    }

    /** Adds what was found in the lines after these. */
    void add(RowStatistics later) {
        if (firstBad == null && later.firstBad != null) {
            firstBad = later.firstBad.after(lines);
        }
        if (firstUnreadable == null && later.firstUnreadable != null) {
            firstUnreadable = later.firstUnreadable.after(lines);
        }
        lines += later.lines;
        rows += later.rows;
        later.labels.forEach(this::labels);
        later.skipped.forEach((reason, number) -> skipped.merge(reason, number, Long::sum));
        hashA = hashA * power(MULTIPLIER_A, later.rows) + later.hashA;
        hashB = hashB * power(MULTIPLIER_B, later.rows) + later.hashB;
        smallest = Math.min(smallest, later.smallest);
        largest = Math.max(largest, later.largest);
        fractions |= later.fractions;
        missing += later.missing;
        outsideValues += later.outsideValues;
        outsideRows += later.outsideRows;
    }

    private static long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    /** Four interleaved sums, so that a multiplication need not wait for the one before. */
    private static long rowHash(long label, float[] values) {
        long a = label;
        long b = 1;
        long c = 2;
        long d = 3;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            a = (a + Float.floatToRawIntBits(values[i])) * MULTIPLIER_A;
            b = (b + Float.floatToRawIntBits(values[i + 1])) * MULTIPLIER_A;
            c = (c + Float.floatToRawIntBits(values[i + 2])) * MULTIPLIER_A;
            d = (d + Float.floatToRawIntBits(values[i + 3])) * MULTIPLIER_A;
        }
        for (; i < values.length; i++) {
            a = (a + Float.floatToRawIntBits(values[i])) * MULTIPLIER_A;
        }
        return RandomKeys.mix(RandomKeys.mix(RandomKeys.mix(a, b), c), d);
    }

    /** A number for a label: one of up to nine digits stands for itself, -1 for no label. */
    static long labelKey(String label) {
        if (label == null) {
            return -1;
        }
        if (!label.isEmpty() && label.length() <= 9 && label.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.parseInt(label);
        }
        long key = 1;
        for (int i = 0; i < label.length(); i++) {
            key = RandomKeys.mix(key, label.charAt(i));
        }
        return key;
    }

    /** A number that depends on each row, its place and its label. */
    long checksum() {
        return RandomKeys.mix(RandomKeys.mix(rows, hashA), hashB);
    }

    String fingerprint(int width, Scaling scaling) {
        long key = RandomKeys.mix(RandomKeys.mix(rows, width), scaling.key());
        return String.format("%016x%016x", RandomKeys.mix(key, hashA), RandomKeys.mix(key, hashB));
    }

    long lines() {
        return lines;
    }

    long rows() {
        return rows;
    }

    /** How many rows have each label; the others have none. */
    Map<String, Long> labels() {
        return labels;
    }

    Map<BadRow.Reason, Long> skipped() {
        return skipped;
    }

    long badRows() {
        return skipped.entrySet().stream()
                .filter(entry -> entry.getKey().isBad())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Of all values that are not missing; infinite where there is none. */
    float smallest() {
        return smallest;
    }

    /** Of all values that are not missing; infinite where there is none. */
    float largest() {
        return largest;
    }

    /** How many values were missing. */
    long missing() {
        return missing;
    }

    /** How many values lie outside the range of the training rows. */
    long outsideValues() {
        return outsideValues;
    }

    /** How many rows have such values. */
    long outsideRows() {
        return outsideRows;
    }

    /** Whether any value was not a whole number. */
    boolean hasFractions() {
        return fractions;
    }

    /** The first bad row, unreadable or other; null where there was none. */
    BadRow firstBad() {
        return firstBad;
    }

    /** What ended the reading before its time; null where nothing did. */
    BadRow firstUnreadable() {
        return firstUnreadable;
    }
}
