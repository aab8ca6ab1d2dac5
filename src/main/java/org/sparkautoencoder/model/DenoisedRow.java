package org.sparkautoencoder.model;

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
    private final Classes classes;
    private final Outputs how;

    /**
     * @param classes of the rows
     * @param how whether the outputs are thresholded
     */
    public DenoisedRow(SavedModel model, Broadcast<float[]> parameters, Classes classes, Outputs how) {
        this.applied = new RowInference(model, parameters);
        this.classes = classes;
        this.how = how;
    }

    /** The columns of the output. As CSV it is a data set again: readers skip the first two columns. */
    public static StructType columns(Classes classes) {
        return new StructType()
                .add("row_id", DataTypes.LongType, false)
                .add("error", DataTypes.DoubleType, false)
                .add("pixels", DataTypes.createArrayType(DataTypes.FloatType, false), false)
                .add("label", labelType(classes), true);
    }

    /** Labels are integers where all of a data set's are, else text. */
    static DataType labelType(Classes classes) {
        return classes.areIntegers() ? DataTypes.IntegerType : DataTypes.StringType;
    }

    @Override
    public Row call(DataRow row) {
        float[] outputs = applied.outputs(row);
        Float[] pixels = new Float[outputs.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = how.of(outputs[i]);
        }
        double error = RowErrors.mean(outputs, row.values(), how);
        return RowFactory.create(row.id(), error, pixels, label(classes, row.label()));
    }

    static Object label(Classes classes, int label) {
        if (label == DataRow.UNLABELLED) {
            return null;
        }
        return classes.areIntegers() ? Integer.valueOf(classes.name(label)) : classes.name(label);
    }
}
