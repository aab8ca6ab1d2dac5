package org.sparkautoencoder.csv;

import java.io.Serializable;

/** Which values lie in the range that the scale is made for, and which lie too far outside to be used. */
final class ValueBounds implements Serializable {
    /** All values are inside. */
    static final ValueBounds NONE = new ValueBounds(null, null, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0);

    private static final long serialVersionUID = 1L;

    private final float[] lows; // by column; null where all columns have the same range
    private final float[] highs;
    private final float low;
    private final float high;
    private final float margin; // in lengths of the range

    private ValueBounds(float[] lows, float[] highs, float low, float high, float margin) {
        this.lows = lows;
        this.highs = highs;
        this.low = low;
        this.high = high;
        this.margin = margin;
    }

    /** Values in 0..largest are inside, and no others can be used: training rows under a scale that was given. */
    static ValueBounds exactly(float largest) {
        return new ValueBounds(null, null, 0, largest, 0);
    }

    /** The range of the training rows; values up to its own length below and above it can be used: other rows. */
    static ValueBounds around(Scaling scaling) {
        if (!scaling.isBounded()) {
            return NONE;
        }
        if (scaling.ofBytes() != null) {
            return new ValueBounds(null, null, 0, scaling.largest(), 1);
        }
        return new ValueBounds(scaling.lows(), scaling.highs(), 0, 0, 1);
    }

    /** Whether all columns have the same range. */
    boolean areUniform() {
        return lows == null;
    }

    /** The smallest value inside, where the bounds are uniform. */
    float low() {
        return low;
    }

    /** The largest value inside, where the bounds are uniform. */
    float high() {
        return high;
    }

    boolean isInside(float value, int column) {
        return value >= low(column) && value <= high(column);
    }

    boolean isUsable(float value, int column) {
        float beyond = margin == 0 ? 0 : margin * (high(column) - low(column));
        return value >= low(column) - beyond && value <= high(column) + beyond;
    }

    private float low(int column) {
        return lows == null ? low : lows[column];
    }

    private float high(int column) {
        return highs == null ? high : highs[column];
    }

    /** The range in words. */
    String describe(int column) {
        String text = Scaling.number(low(column)) + ".." + Scaling.number(high(column));
        return margin == 0
                ? text + " (other scales: --scale)"
                : text + ", as in the training rows, or not further outside than that range is long";
    }
}
