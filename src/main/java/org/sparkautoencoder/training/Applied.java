package org.sparkautoencoder.training;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.sparkautoencoder.digits.Digit;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Loss;
import org.sparkautoencoder.kernel.Pass;

/** A network that is applied to rows as a map stage: one row at a time, so that its bits depend on nothing but the row. */
final class Applied implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Layers layers;
    private final Loss loss;
    private final Broadcast<float[]> parameters;
    private transient Pass pass;

    Applied(SavedModel model, Broadcast<float[]> parameters) {
        this.layers = model.layers();
        this.loss = model.loss();
        this.parameters = parameters;
    }

    /** The outputs for a row; overwritten by the next. */
    float[] outputs(Digit digit) {
        if (pass == null) {
            pass = new Pass(layers, loss, 1);
        }
        pass.rows(1);
        System.arraycopy(digit.pixels(), 0, pass.input(), 0, layers.inputs());
        pass.forward(parameters.value());
        return pass.output();
    }
}
