package org.sparkautoencoder.training;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.digits.Digit;
import org.sparkautoencoder.kernel.Threshold;

/** What an autoencoder makes of a row, and how far that is from the row: an anomaly score. */
public final class DenoisedRow implements Function<Digit, Row> {
    /** The columns of the rows that this gives; as a CSV it is a data set again, whose reader leaves out the first two. */
    public static final StructType COLUMNS = new StructType()
            .add("row_id", DataTypes.LongType, false)
            .add("error", DataTypes.DoubleType, false)
            .add("pixels", DataTypes.createArrayType(DataTypes.FloatType, false), false)
            .add("label", DataTypes.IntegerType, true);

    private static final long serialVersionUID = 1L;

    private final Applied applied;
    private final boolean thresholded;

    /** @param thresholded whether the outputs go through the {@link Threshold} */
    public DenoisedRow(SavedModel model, Broadcast<float[]> parameters, boolean thresholded) {
        this.applied = new Applied(model, parameters);
        this.thresholded = thresholded;
    }

    @Override
    public Row call(Digit digit) {
        float[] outputs = applied.outputs(digit);
        Float[] pixels = new Float[outputs.length];
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            float pixel = thresholded ? Threshold.apply(outputs[i]) : outputs[i];
            double difference = (double) pixel - digit.pixels()[i];
            sum += difference * difference;
            pixels[i] = pixel;
        }
        return RowFactory.create(digit.id(), sum / pixels.length, pixels, label(digit));
    }

    static Integer label(Digit digit) {
        return digit.label() == Digit.UNLABELLED ? null : digit.label();
    }
}
