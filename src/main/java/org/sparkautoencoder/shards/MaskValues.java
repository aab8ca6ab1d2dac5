package org.sparkautoencoder.shards;

import java.io.Serializable;
import java.util.Arrays;
import org.sparkautoencoder.csv.Scaling;

/** What masking noise puts in place of a row's values: for each column a value for "zero" and one for "one". */
public final class MaskValues implements Serializable {
    private static final long serialVersionUID = 1L;

    private final float[] zeros;
    private final float[] ones;

    /**
     * @param zeros by column, such as its mean
     * @param ones by column, such as its mean plus its standard deviation
     */
    public MaskValues(float[] zeros, float[] ones) {
        if (zeros.length != ones.length) {
            throw new IllegalArgumentException(
                    "mask values must be as many for zero as for one, got " + zeros.length + " and " + ones.length);
        }
        this.zeros = zeros.clone();
        this.ones = ones.clone();
    }

    /**
     * For values of this scale: the mean of their column, and one standard deviation above it, where these are not 0 and 1.
     *
     * @return null for 0 and 1
     */
    public static MaskValues of(Scaling scaling) {
        float[] means = scaling.aboveMean(0);
        return means == null ? null : new MaskValues(means, scaling.aboveMean(1));
    }

    /**
     * Replaces a row's values: those of the first {@code zeroCount} columns of {@code order} by the values for zero, those of the
     * following ones, up to {@code chosen} columns in all, by the values for one.
     */
    void replace(int[] order, int zeroCount, int chosen, float[] values, int offset, int width) {
        if (width != zeros.length) {
            throw new IllegalArgumentException(
                    "there are mask values for " + zeros.length + " columns, the row has " + width);
        }
        for (int i = 0; i < zeroCount; i++) {
            values[offset + order[i]] = zeros[order[i]];
        }
        for (int i = zeroCount; i < chosen; i++) {
            values[offset + order[i]] = ones[order[i]];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaskValues values
                && Arrays.equals(zeros, values.zeros)
                && Arrays.equals(ones, values.ones);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(zeros) + Arrays.hashCode(ones);
    }
}
