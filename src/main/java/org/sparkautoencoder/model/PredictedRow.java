package org.sparkautoencoder.model;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.csv.DataRow;

/** A classifier's prediction for a row, by the argmax of the plain and of the thresholded outputs. */
public final class PredictedRow implements Function<DataRow, Row> {
    /** The columns of the output. */
    public static final StructType COLUMNS = new StructType()
            .add("row_id", DataTypes.LongType, false)
            .add("label", DataTypes.IntegerType, true)
            .add("predicted", DataTypes.IntegerType, false)
            .add("predicted_thresholded", DataTypes.IntegerType, false)
            .add("scores", DataTypes.createArrayType(DataTypes.FloatType, false), false);

    private static final long serialVersionUID = 1L;

    private final RowInference applied;

    public PredictedRow(SavedModel model, Broadcast<float[]> parameters) {
        this.applied = new RowInference(model, parameters);
    }

    @Override
    public Row call(DataRow digit) {
        float[] outputs = applied.outputs(digit);
        Float[] scores = new Float[outputs.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = outputs[i];
        }
        return RowFactory.create(
                digit.id(),
                DenoisedRow.label(digit),
                Prediction.of(outputs, outputs.length, 1, 0, Outputs.PLAIN),
                Prediction.of(outputs, outputs.length, 1, 0, Outputs.THRESHOLDED),
                scores);
    }
}
