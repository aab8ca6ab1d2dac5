package org.sparkautoencoder.model;

import org.sparkautoencoder.kernel.ForwardPass;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.shards.Shard;

/** The outputs of a network for each row of a shard. For one thread. */
public final class RowOutputs {
    // Rows that go through the network at once. A constant, so that the bits depend on nothing else.
    public static final int ROWS = 64;

    /** Takes the outputs of the row in {@code index}: its value of neuron j is outputs[j * rows + row]. */
    public interface Visitor {
        void row(int index, float[] outputs, int rows, int row);
    }

    private final Layers layers;
    private final ForwardPass pass;

    public RowOutputs(Layers layers, OutputLayer outputLayer) {
        this.layers = layers;
        this.pass = new ForwardPass(layers, outputLayer, ROWS);
    }

    public void visit(float[] parameters, Shard shard, InputRows inputs, Visitor visitor) {
        for (int first = 0; first < shard.rows(); first += ROWS) {
            visit(parameters, shard, first, inputs, visitor);
        }
    }

    /** Visits at most {@link #ROWS} rows from index {@code first} on. */
    public void visit(float[] parameters, Shard shard, int first, InputRows inputs, Visitor visitor) {
        int width = layers.inputs();
        int rows = Math.min(ROWS, shard.rows() - first);
        pass.rows(rows);
        for (int r = 0; r < rows; r++) {
            inputs.copy(shard, first + r, 0, width, pass.input(), r * width);
        }
        pass.forward(parameters);
        for (int r = 0; r < rows; r++) {
            visitor.row(first + r, pass.output(), rows, r);
        }
    }
}
