package org.sparkautoencoder.model;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.kernel.ForwardPass;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;

/** Inference as a map stage: one row at a time, so that an output depends on its row alone. */
final class RowInference implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Layers layers;
    private final OutputLayer outputLayer;
    private final Broadcast<float[]> parameters;
    private transient ForwardPass pass;

    RowInference(SavedModel model, Broadcast<float[]> parameters) {
        this.layers = model.layers();
        this.outputLayer = model.outputLayer();
        this.parameters = parameters;
    }

    /** The outputs for a row; overwritten by the next. */
    float[] outputs(DataRow row) {
        if (pass == null) {
            pass = new ForwardPass(layers, outputLayer, 1);
        }
        pass.rows(1);
        System.arraycopy(row.values(), 0, pass.input(), 0, layers.inputs());
        pass.forward(parameters.value());
        return pass.output();
    }
}
