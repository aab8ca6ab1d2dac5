package org.sparkautoencoder.csv;

import java.io.Serializable;

/** Which values lie in the range that the scale is made for, and which lie too far outside to be used. */
final class ValueBounds implements Serializable {
    /** All values are inside. */
    static final ValueBounds NONE = new ValueBounds(null, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0);

    private static final long serialVersionUID = 1L;

    private final Scaling scaling; // null where all columns have the same range
    private final float low;
    private final float high;
    private final float margin; // in lengths of the range

    private ValueBounds(Scaling scaling, float low, float high, float margin) {
        this.scaling = scaling;
        this.low = low;
        this.high = high;
        this.margin = margin;
    }

    /** Values in 0..largest are inside, and no others can be used: training rows under a scale that was given. */
    static ValueBounds exactly(float largest) {
        return new ValueBounds(null, 0, largest, 0);
    }

    /** The range of the training rows; values up to its own length below and above it can be used: other rows. */
    static ValueBounds around(Scaling scaling) {
        float[] first = scaling.isBounded() ? scaling.rangeOf(0) : null;
        if (first == null) {
            return NONE;
        }
        return scaling.ofBytes() == null
                ? new ValueBounds(scaling, 0, 0, 1)
                : new ValueBounds(null, first[0], first[1], 1);
    }

    /** Whether all columns have the same range. */
    boolean areUniform() {
        return scaling == null;
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
        float[] range = range(column);
        return value >= range[0] && value <= range[1];
    }

    boolean isUsable(float value, int column) {
        float[] range = range(column);
        float beyond = margin == 0 ? 0 : margin * (range[1] - range[0]);
        return value >= range[0] - beyond && value <= range[1] + beyond;
    }

    private float[] range(int column) {
        return scaling == null ? new float[] {low, high} : scaling.rangeOf(column);
    }

    /** The range in words. */
    String describe(int column) {
        float[] range = range(column);
        String text = Scaling.number(range[0]) + ".." + Scaling.number(range[1]);
        return margin == 0
                ? text + " (other scales: --scale)"
                : text + ", as in the training rows, or not further outside than that range is long";
    }
}
