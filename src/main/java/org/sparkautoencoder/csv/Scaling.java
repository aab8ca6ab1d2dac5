package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparkautoencoder.csv.ScaleSetting.Kind;
import org.sparkautoencoder.kernel.RandomKeys;

/**
 * From values as they are read to values that a network takes: x / largest, or of each column (x - offset) / divisor, where
 * the numbers are fitted to the training rows. Immutable.
 */
public final class Scaling implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final float largest;
    private final double[] offsets; // by column; null unless MINMAX or STANDARD
    private final double[] divisors;
    private final double[] means; // by column; null unless NONE
    private final double[] deviations;
    private final float[] fill; // by column, what a missing value is taken as; null where none may be missing

    private Scaling(
            Kind kind,
            float largest,
            double[] offsets,
            double[] divisors,
            double[] means,
            double[] deviations,
            float[] fill) {
        this.kind = kind;
        this.largest = largest;
        this.offsets = offsets;
        this.divisors = divisors;
        this.means = means;
        this.deviations = deviations;
        this.fill = fill;
    }

    /** Divides by {@code largest}. */
    public static Scaling range(float largest) {
        return new Scaling(Kind.RANGE, largest, null, null, null, null, null);
    }

    /** Changes nothing; knows the columns' means and standard deviations. */
    static Scaling none(double[] means, double[] deviations) {
        return new Scaling(Kind.NONE, 1, null, null, means.clone(), deviations.clone(), null);
    }

    /** Brings each column's minimum to 0 and its maximum to 1; a constant column to 0. */
    static Scaling minmax(float[] minimum, float[] maximum) {
        double[] offsets = new double[minimum.length];
        double[] divisors = new double[minimum.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = minimum[i];
            divisors[i] = notZero((double) maximum[i] - minimum[i]);
        }
        return new Scaling(Kind.MINMAX, 1, offsets, divisors, null, null, null);
    }

    /** Brings each column's mean to 0 and its standard deviation to 1; a constant column to 0. */
    static Scaling standard(double[] means, double[] deviations) {
        double[] divisors = Arrays.stream(deviations).map(Scaling::notZero).toArray();
        return new Scaling(Kind.STANDARD, 1, means.clone(), divisors, null, null, null);
    }

    private static double notZero(double divisor) {
        return divisor == 0 ? 1 : divisor;
    }

    /** Likewise, and takes a missing value of a column as {@code values[column]}, which is scaled as others are. */
    Scaling withFill(float[] values) {
        return new Scaling(kind, largest, offsets, divisors, means, deviations, values);
    }

    /** Whether all values of the training rows come to lie in 0..1. */
    public boolean isBounded() {
        return kind == Kind.RANGE || kind == Kind.MINMAX;
    }

    /**
     * Values as the network takes them, so many standard deviations above the mean of their column; null where the scale is
     * bounded, or brings all means to 0 and deviations to 1.
     */
    public float[] aboveMean(int count) {
        if (means == null) {
            return null;
        }
        float[] values = new float[means.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (means[i] + count * deviations[i]);
        }
        return values;
    }

    /** Whether this is what a setting names. */
    public boolean is(ScaleSetting setting) {
        return setting.kind() == kind && (kind != Kind.RANGE || setting.largest() == largest);
    }

    /** Whether this does the same as another. */
    public boolean isLike(Scaling other) {
        return kind == other.kind && key() == other.key();
    }

    /** Whether missing values are filled. */
    public boolean fillsMissing() {
        return fill != null;
    }

    /** Under {@link Kind#RANGE} the value that becomes 1; else 1. */
    public float largest() {
        return largest;
    }

    /** Under {@link Kind#MINMAX}, by column the value that becomes 0. */
    float[] lows() {
        float[] lows = new float[offsets.length];
        for (int i = 0; i < lows.length; i++) {
            lows[i] = (float) offsets[i];
        }
        return lows;
    }

    /** Under {@link Kind#MINMAX}, by column the value that becomes 1. */
    float[] highs() {
        float[] highs = new float[offsets.length];
        for (int i = 0; i < highs.length; i++) {
            highs[i] = (float) (offsets[i] + divisors[i]);
        }
        return highs;
    }

    /** Scales the values of one row in place. */
    public void apply(float[] values, int at, int width) {
        if (fill != null) {
            for (int i = 0; i < width; i++) {
                values[at + i] = Float.isNaN(values[at + i]) ? fill[i] : values[at + i];
            }
        }
        if (offsets != null) {
            for (int i = 0; i < width; i++) {
                values[at + i] = (float) ((values[at + i] - offsets[i]) / divisors[i]);
            }
        } else if (largest != 1) {
            for (int i = at; i < at + width; i++) {
                values[i] /= largest;
            }
        }
    }

    /** The scaled value of each byte; null where that depends on the column. */
    public float[] ofBytes() {
        if (offsets != null) {
            return null;
        }
        float[] scaled = new float[256];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = i / largest;
        }
        return scaled;
    }

    /** For the fingerprint of rows: what distinguishes this scaling from others. */
    long key() {
        if (kind == Kind.RANGE && fill == null && largest == (int) largest) {
            return (int) largest;
        }
        long key = RandomKeys.mix(kind.name().hashCode(), Float.floatToIntBits(largest));
        key = RandomKeys.mix(key, Arrays.hashCode(offsets));
        key = RandomKeys.mix(key, Arrays.hashCode(divisors));
        key = RandomKeys.mix(key, Arrays.hashCode(means));
        key = RandomKeys.mix(key, Arrays.hashCode(deviations));
        return RandomKeys.mix(key, Arrays.hashCode(fill));
    }

    /** What {@link #of} reads back. */
    public Map<String, Object> describe() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("kind", kind.name().toLowerCase(Locale.ROOT));
        if (kind == Kind.RANGE) {
            described.put("largest", largest);
        }
        if (offsets != null) {
            described.put("offsets", offsets);
            described.put("divisors", divisors);
        }
        if (means != null) {
            described.put("means", means);
            described.put("deviations", deviations);
        }
        if (fill != null) {
            described.put("missing", fill);
        }
        return described;
    }

    /**
     * A scaling that was described.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public static Scaling of(Map<?, ?> described) {
        if (!(described.get("kind") instanceof String text)) {
            throw new IllegalArgumentException("its scale is described by " + described);
        }
        Kind kind = Kind.valueOf(text.toUpperCase(Locale.ROOT));
        float largest = described.get("largest") instanceof Number number ? number.floatValue() : 1;
        double[] offsets = numbers(described.get("offsets"));
        double[] divisors = numbers(described.get("divisors"));
        double[] fill = numbers(described.get("missing"));
        float[] missing = fill == null ? null : new float[fill.length];
        for (int i = 0; missing != null && i < missing.length; i++) {
            missing[i] = (float) fill[i];
        }
        double[] means = numbers(described.get("means"));
        double[] deviations = numbers(described.get("deviations"));
        return new Scaling(kind, largest, offsets, divisors, means, deviations, missing);
    }

    private static double[] numbers(Object list) {
        return list == null
                ? null
                : ((List<?>) list)
                        .stream()
                                .mapToDouble(value -> ((Number) value).doubleValue())
                                .toArray();
    }

    /** The scale in a few words, for example {@code 0..255} or {@code standard}. */
    @Override
    public String toString() {
        return switch (kind) {
            case RANGE -> "0.." + number(largest);
            case NONE -> "none";
            case MINMAX -> "minmax";
            default -> "standard";
        };
    }

    static String number(float value) {
        return value == (int) value ? String.valueOf((int) value) : String.valueOf(value);
    }
}
