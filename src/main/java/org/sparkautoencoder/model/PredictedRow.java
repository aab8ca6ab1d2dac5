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

/** A classifier's prediction for a row, by the argmax of the plain and of the thresholded outputs. */
public final class PredictedRow implements Function<DataRow, Row> {
    private static final long serialVersionUID = 1L;

    private final RowInference applied;
    private final Classes predictable;
    private final Classes classes;

    /** @param classes of the rows: those that the model predicts, and perhaps others */
    public PredictedRow(SavedModel model, Broadcast<float[]> parameters, Classes classes) {
        this.applied = new RowInference(model, parameters);
        this.predictable = model.classes();
        this.classes = classes;
    }

    /** The columns of the output; labels are integers where all are, else text. */
    public static StructType columns(Classes classes) {
        DataType label = DenoisedRow.labelType(classes);
        return new StructType()
                .add("row_id", DataTypes.LongType, false)
                .add("label", label, true)
                .add("predicted", label, false)
                .add("predicted_thresholded", label, false)
                .add("scores", DataTypes.createArrayType(DataTypes.FloatType, false), false);
    }

    @Override
    public Row call(DataRow row) {
        float[] outputs = applied.outputs(row);
        Float[] scores = new Float[outputs.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = outputs[i];
        }
        return RowFactory.create(
                row.id(),
                DenoisedRow.label(classes, row.label()),
                predicted(outputs, Outputs.PLAIN),
                predicted(outputs, Outputs.THRESHOLDED),
                scores);
    }

    private Object predicted(float[] outputs, Outputs how) {
        return DenoisedRow.label(classes, Prediction.of(outputs, predictable.size(), 1, 0, how));
    }
}
