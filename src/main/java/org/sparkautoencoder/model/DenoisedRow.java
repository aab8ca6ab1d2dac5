package org.sparkautoencoder.model;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.csv.DataRow;

/** An autoencoder's reconstruction of a row and its error, an anomaly score. */
public final class DenoisedRow implements Function<DataRow, Row> {
    /** The columns of the output. As CSV it is a data set again: readers skip the first two columns. */
    public static final StructType COLUMNS = new StructType()
            .add("row_id", DataTypes.LongType, false)
            .add("error", DataTypes.DoubleType, false)
            .add("pixels", DataTypes.createArrayType(DataTypes.FloatType, false), false)
            .add("label", DataTypes.IntegerType, true);

    private static final long serialVersionUID = 1L;

    private final RowInference applied;
    private final Outputs how;

    /** @param how whether the outputs are thresholded */
    public DenoisedRow(SavedModel model, Broadcast<float[]> parameters, Outputs how) {
        this.applied = new RowInference(model, parameters);
        this.how = how;
    }

    @Override
    public Row call(DataRow digit) {
        float[] outputs = applied.outputs(digit);
        Float[] pixels = new Float[outputs.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = how.of(outputs[i]);
        }
        double error = RowErrors.mean(outputs, digit.pixels(), how);
        return RowFactory.create(digit.id(), error, pixels, label(digit));
    }

    static Integer label(DataRow digit) {
        return digit.label() == DataRow.UNLABELLED ? null : digit.label();
    }
}
