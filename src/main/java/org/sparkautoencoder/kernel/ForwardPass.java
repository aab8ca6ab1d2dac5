package org.sparkautoencoder.kernel;

/**
 * The forward pass of rows through a trained network: hidden layers are ReLU, the last one is an {@link OutputLayer}. For one
 * thread at a time; a pass allocates nothing.
 */
public final class ForwardPass {
    private final Layers layers;
    private final OutputLayer outputLayer;
    private final int capacity;
    private final float[] input; // rows x size(0), row by row
    private final float[][] activations; // size(l) x rows, neuron by neuron
    private int rows;

    /** @param capacity maximum rows of a pass */
    public ForwardPass(Layers layers, OutputLayer outputLayer, int capacity) {
        this.layers = layers;
        this.outputLayer = outputLayer;
        this.capacity = capacity;
        this.input = new float[capacity * layers.inputs()];
        this.activations = new float[layers.depth() + 1][];
        for (int l = 1; l <= layers.depth(); l++) {
            activations[l] = new float[capacity * layers.size(l)];
        }
    }

    /** Sets the number of rows of the next pass, 0..capacity. */
    public void rows(int rows) {
        if (rows < 0 || rows > capacity) {
            throw new IllegalArgumentException("a pass over 0.." + capacity + " rows was asked for " + rows);
        }
        this.rows = rows;
    }

    /** Where the input goes before the pass: rows x size(0), row by row. */
    public float[] input() {
        return input;
    }

    /** The output a_L: size(L) x rows, neuron by neuron. */
    public float[] output() {
        return activations[layers.depth()];
    }

    /** Computes all activations from the input. */
    public void forward(float[] parameters) {
        hidden(parameters);
        if (rows == 0) {
            return;
        }
        int depth = layers.depth();
        sums(depth, parameters);
        outputLayer.apply(activations[depth], 0, layers.outputs(), rows);
    }

    /** Computes the activations of the hidden layers from the input; those of the last: size(L - 1) x rows. */
    public float[] hidden(float[] parameters) {
        if (rows > 0) {
            for (int l = 1; l < layers.depth(); l++) {
                sums(l, parameters);
                Relu.apply(activations[l], 0, rows * layers.size(l));
            }
        }
        return activations[layers.depth() - 1];
    }

    private void sums(int l, float[] parameters) {
        int n = layers.size(l);
        int k = layers.size(l - 1);
        if (l == 1) {
            DenseLayer.forwardFromRows(
                    rows, n, k, input, parameters, layers.weights(l), layers.biases(l), activations[l], 0);
        } else {
            DenseLayer.forward(
                    rows, n, k, activations[l - 1], parameters, layers.weights(l), layers.biases(l), activations[l], 0);
        }
    }
}
