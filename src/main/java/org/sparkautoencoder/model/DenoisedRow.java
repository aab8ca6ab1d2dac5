package org.sparkautoencoder.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.DataRow;

/** An autoencoder's reconstruction of a row and its error, an anomaly score. */
public final class DenoisedRow implements Function<DataRow, Row> {
    private static final long serialVersionUID = 1L;

    private final RowInference applied;
    private final LabelColumn labels;
    private final Contents contents;

    /**
     * What is written of each row besides its number, outputs and label.
     *
     * @param how whether the outputs are thresholded
     * @param perValue whether the squared error of each value is written
     * @param threshold the error above which a row is marked; null for no mark
     */
    public record Contents(Outputs how, boolean perValue, Double threshold) implements Serializable {}

    /** @param classes of the rows */
    public DenoisedRow(SavedModel model, Broadcast<float[]> parameters, Classes classes, Contents contents) {
        this.applied = new RowInference(model, parameters);
        this.labels = new LabelColumn(classes);
        this.contents = contents;
    }

    /** The columns of the output. As CSV it is a data set again, whose readers leave out all but outputs and label. */
    public static StructType columns(Classes classes, Contents contents) {
        DataType floats = DataTypes.createArrayType(DataTypes.FloatType, false);
        StructType columns =
                new StructType().add("row_id", DataTypes.LongType, false).add("error", DataTypes.DoubleType, false);
        if (contents.threshold != null) {
            columns = columns.add("above_threshold", DataTypes.BooleanType, false);
        }
        columns = columns.add("pixels", floats, false).add("label", new LabelColumn(classes).type(), true);
        return contents.perValue ? columns.add("squared_errors", floats, false) : columns;
    }

    @Override
    public Row call(DataRow row) {
        float[] outputs = applied.outputs(row);
        Float[] values = new Float[outputs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = contents.how.of(outputs[i]);
        }
        double error = RowErrors.mean(outputs, row.values(), contents.how);
        List<Object> columns = new ArrayList<>(List.of(row.id(), error));
        if (contents.threshold != null) {
            columns.add(error > contents.threshold);
        }
        columns.add(values);
        columns.add(labels.value(row.label()));
        if (contents.perValue) {
            columns.add(squaredErrors(values, row.values()));
        }
        return RowFactory.create(columns.toArray());
    }

    private static Float[] squaredErrors(Float[] values, float[] targets) {
        Float[] squares = new Float[values.length];
        for (int i = 0; i < squares.length; i++) {
            float difference = values[i] - targets[i];
            squares[i] = difference * difference;
        }
        return squares;
    }
}
