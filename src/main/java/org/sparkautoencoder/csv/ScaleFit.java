package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.csv.CsvSettings.Missing;

/** Fits a scale to training rows, or checks that one fits other rows. */
final class ScaleFit {
    private final String path;
    private final JavaRDD<RowBlock> blocks;
    private final RowStatistics total;
    private final CsvDialect dialect;
    private ColumnStatistics.Ranges ranges;
    private ColumnStatistics moments;

    /** @param path the rows, for messages */
    ScaleFit(String path, JavaRDD<RowBlock> blocks, RowStatistics total, CsvDialect dialect) {
        this.path = path;
        this.blocks = blocks;
        this.total = total;
        this.dialect = dialect;
    }

    /** The scaling of training rows. */
    Scaling fit(CsvSettings settings) {
        Scaling scaling = switch (settings.scale().kind()) {
            case AUTO -> AutoScale.choose(path, total, dialect.percent(), this::ranges);
            case NONE -> Scaling.none(moments().means(), moments().deviations());
            case RANGE -> Scaling.range(settings.scale().largest());
            case MINMAX -> Scaling.minmax(ranges().minimum(), ranges().maximum());
            case STANDARD -> Scaling.standard(moments().means(), moments().deviations());
        };
        if (settings.missing() == Missing.FAIL) {
            return scaling;
        }
        float[] fill = new float[dialect.width()];
        for (int i = 0; settings.missing() == Missing.MEAN && i < fill.length; i++) {
            fill[i] = (float) moments().means()[i];
        }
        return scaling.withFill(fill);
    }

    /**
     * A scaling that was fitted to other rows.
     *
     * @throws BadInputException where these are 0..1 and the others were not
     */
    Scaling checked(Scaling scaling) {
        if (scaling.largest() > 2 && total.largest() <= 1 && total.hasFractions()) {
            throw new BadInputException(path + " has values " + Scaling.number(total.smallest()) + ".."
                    + Scaling.number(total.largest()) + " with fractions, the training rows have " + scaling
                    + "; give rows on the scale of the training rows");
        }
        return scaling;
    }

    private ColumnStatistics.Ranges ranges() {
        ranges = ranges == null ? ColumnStatistics.ranges(blocks, dialect.width()) : ranges;
        return ranges;
    }

    private ColumnStatistics moments() {
        moments = moments == null ? ColumnStatistics.of(blocks, ranges()) : moments;
        return moments;
    }

    /** The scale of training rows for which none was given, by their values; or an error where several are possible. */
    static final class AutoScale {
        private static final String CHOICES = "; say which scale to bring them to: --scale ";
        private static final float MOST_UNLIKE = 4;
        private static final float BYTE = 255;
        private static final float HALF_BYTE = 127;
        private static final float[] KNOWN = {1, 15, 16, 100, BYTE, 1023, 4095, 65535};

        private AutoScale() {}

        /** The values that training rows may have, as most of the first rows show it. */
        static ValueBounds bounds(FirstLines.Parsed first, boolean percent) {
            return percent
                    ? ValueBounds.exactly(100)
                    : first.areFractions()
                            ? ValueBounds.exactly(1)
                            : first.areBytes() ? ValueBounds.exactly(BYTE) : ValueBounds.NONE;
        }

        /**
         * Values 0..1 stay, whole numbers up to 255 are divided by 255, or by their maximum if it is small, percentages by 100.
         *
         * @param path the rows, for messages
         * @param ranges of the columns; asked for only where they decide
         * @throws BadInputException for negative values, for others that are not of one of these kinds, and where the columns
         *     have unlike ranges
         */
        static Scaling choose(
                String path, RowStatistics total, boolean percent, Supplier<ColumnStatistics.Ranges> ranges) {
            float largest = total.largest();
            String range = Scaling.number(total.smallest()) + ".." + Scaling.number(largest);
            if (total.smallest() < 0) {
                throw new BadInputException(
                        path + " has values " + range + CHOICES + "minmax (each column to 0..1), standard"
                                + " (each column to mean 0 and deviation 1) or none");
            }
            if (percent) {
                return Scaling.range(100); // more is out of the bounds
            }
            if (largest <= 1) {
                return Scaling.range(1);
            }
            if (largest > BYTE || (total.hasFractions() && largest != nextRange(largest))) {
                throw new BadInputException(path + " has values " + range
                        + (total.hasFractions() ? " with fractions" : "") + CHOICES + Scaling.number(nextRange(largest))
                        + " (or another number, which becomes 1), minmax (each column to 0..1) or standard (each column to"
                        + " mean 0 and deviation 1)");
            }
            if (largest == BYTE && !total.hasFractions()) {
                return Scaling.range(BYTE);
            }
            if (areUnlike(ranges.get(), largest)) {
                throw new BadInputException(path + " has values " + range + " in columns of unlike ranges" + CHOICES
                        + "minmax (each column to 0..1), standard (each column to mean 0 and deviation 1), or "
                        + Scaling.number(nextRange(largest)) + " (or another number, which becomes 1)");
            }
            return Scaling.range(largest > HALF_BYTE ? BYTE : largest);
        }

        private static float nextRange(float largest) {
            if (largest > 1 && largest < 2) {
                return largest;
            }
            for (float known : KNOWN) {
                if (largest <= known) {
                    return known;
                }
            }
            return largest;
        }

        // The maxima of a picture's columns are alike but at its edges; those of a table's columns are not.
        private static boolean areUnlike(ColumnStatistics.Ranges ranges, float largest) {
            float[] minimum = ranges.minimum();
            float[] maximum = ranges.maximum();
            List<Float> maxima = new ArrayList<>();
            for (int i = 0; i < maximum.length; i++) {
                if (maximum[i] > minimum[i]) {
                    maxima.add(maximum[i]);
                }
            }
            Float[] sorted = maxima.toArray(new Float[0]);
            Arrays.sort(sorted);
            return sorted.length > 0 && sorted[sorted.length / 2] * MOST_UNLIKE < largest;
        }
    }
}
