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

    private final long[] labels = new long[10];
    private final Map<BadRow.Reason, Long> skipped = new TreeMap<>(); // Kryo fails at an EnumMap
    private long lines;
    private long rows;
    private long hashA;
    private long hashB;
    private float largest;
    private boolean fractions;
    private BadRow firstBad;
    private BadRow firstUnreadable;

    void line() {
        lines++;
    }

    /** Counts a good row. */
    void row(int label, float[] pixels) {
        rows++;
        if (label >= 0) {
            labels[label]++;
        }
        long hash = rowHash(label, pixels);
        hashA = hashA * MULTIPLIER_A + hash;
        hashB = hashB * MULTIPLIER_B + RandomKeys.mix(hash, 1);
    }

    /** Looks at a row's values; for where the scale is open. */
    void values(float[] pixels) {
        for (float pixel : pixels) {
            largest = Math.max(largest, pixel);
            fractions |= pixel != (int) pixel;
        }
    }

    void bad(BadRow row) {
        skipped.merge(row.reason(), 1L, Long::sum);
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
        for (int i = 0; i < labels.length; i++) {
            labels[i] += later.labels[i];
        }
        later.skipped.forEach((reason, number) -> skipped.merge(reason, number, Long::sum));
        hashA = hashA * power(MULTIPLIER_A, later.rows) + later.hashA;
        hashB = hashB * power(MULTIPLIER_B, later.rows) + later.hashB;
        largest = Math.max(largest, later.largest);
        fractions |= later.fractions;
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
    private static long rowHash(int label, float[] pixels) {
        long a = label;
        long b = 1;
        long c = 2;
        long d = 3;
        int i = 0;
        for (; i + 3 < pixels.length; i += 4) {
            a = (a + Float.floatToRawIntBits(pixels[i])) * MULTIPLIER_A;
            b = (b + Float.floatToRawIntBits(pixels[i + 1])) * MULTIPLIER_A;
            c = (c + Float.floatToRawIntBits(pixels[i + 2])) * MULTIPLIER_A;
            d = (d + Float.floatToRawIntBits(pixels[i + 3])) * MULTIPLIER_A;
        }
        for (; i < pixels.length; i++) {
            a = (a + Float.floatToRawIntBits(pixels[i])) * MULTIPLIER_A;
        }
        return RandomKeys.mix(RandomKeys.mix(RandomKeys.mix(a, b), c), d);
    }

    String fingerprint(int width, CsvSettings.PixelScale scale) {
        long key = RandomKeys.mix(RandomKeys.mix(rows, width), scale.largest());
        return String.format("%016x%016x", RandomKeys.mix(key, hashA), RandomKeys.mix(key, hashB));
    }

    long lines() {
        return lines;
    }

    long rows() {
        return rows;
    }

    long[] labels() {
        return labels;
    }

    Map<BadRow.Reason, Long> skipped() {
        return skipped;
    }

    long badRows() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }

    float largest() {
        return largest;
    }

    /** Whether any value looked at was not a whole number. */
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
