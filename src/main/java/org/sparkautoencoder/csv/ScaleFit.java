package org.sparkautoencoder.csv;

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
            case NONE -> Scaling.none();
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
        if (scaling.isBounded() && scaling.largest() > 2 && total.largest() <= 1 && total.hasFractions()) {
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
}
