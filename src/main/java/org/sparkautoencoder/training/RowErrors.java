package org.sparkautoencoder.training;

import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Pass;

/** The squared error of each row of a shard under given parameters, averaged over the outputs. For one thread. */
final class RowErrors {
    // Rows that go through the network at once. A constant, so that the bits depend on nothing else.
    private static final int ROWS = 64;

    /** Takes the error of the row in {@code slot}: of the outputs as they are, and after the {@link Threshold}. */
    interface Visitor {
        void row(int slot, double plain, double thresholded);
    }

    private final Layers layers;
    private final Pass pass;

    RowErrors(Layers layers) {
        this.layers = layers;
        this.pass = new Pass(layers, ROWS);
    }

    void visit(float[] parameters, Shard shard, InputRows inputs, Visitor visitor) {
        int width = layers.inputs();
        int outputs = layers.outputs();
        for (int first = 0; first < shard.rows(); first += ROWS) {
            int rows = Math.min(ROWS, shard.rows() - first);
            pass.rows(rows);
            for (int r = 0; r < rows; r++) {
                inputs.copy(shard, first + r, 0, width, pass.input(), r * width);
            }
            pass.forward(parameters);
            for (int r = 0; r < rows; r++) {
                double plain = 0;
                double thresholded = 0;
                for (int j = 0; j < outputs; j++) {
                    float output = pass.output()[j * rows + r];
                    float target = shard.targets()[(first + r) * outputs + j];
                    float difference = output - target;
                    float snapped = Threshold.apply(output) - target;
                    plain += difference * difference;
                    thresholded += snapped * snapped;
                }
                visitor.row(first + r, plain / outputs, thresholded / outputs);
            }
        }
    }
}
