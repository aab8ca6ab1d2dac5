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
    private final LabelColumn labels;
    private final LabelColumn predictions;
    private final int classes;

    /** @param classes of the rows: those that the model predicts, and perhaps others */
    public PredictedRow(SavedModel model, Broadcast<float[]> parameters, Classes classes) {
        this.applied = new RowInference(model, parameters);
        this.labels = new LabelColumn(classes);
        this.predictions = new LabelColumn(model.classes());
        this.classes = model.classes().size();
    }

    /**
     * The columns of the output.
     *
     * @param classes of the rows
     */
    public static StructType columns(SavedModel model, Classes classes) {
        DataType predicted = new LabelColumn(model.classes()).type();
        return new StructType()
                .add("row_id", DataTypes.LongType, false)
                .add("label", new LabelColumn(classes).type(), true)
                .add("predicted", predicted, false)
                .add("predicted_thresholded", predicted, false)
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
                labels.value(row.label()),
                predicted(outputs, Outputs.PLAIN),
                predicted(outputs, Outputs.THRESHOLDED),
                scores);
    }

    private Object predicted(float[] outputs, Outputs how) {
        return predictions.value(Prediction.of(outputs, classes, 1, 0, how));
    }
}
