package org.sparkautoencoder.kernel;

/** The same network in double and plain loops, row by row: nothing shared with the code under test but the layout. */
final class PlainNetwork {
    private static final double H = 1e-6;

    private final Layers layers;
    private final boolean linear;
    private final double[] parameters;

    PlainNetwork(Layers layers, OutputLayer outputLayer, float[] parameters) {
        this.layers = layers;
        this.linear = outputLayer == OutputLayer.LINEAR;
        this.parameters = row(parameters, 0, parameters.length);
    }

    double[] parameters() {
        return parameters;
    }

    double[] output(double[] input) {
        double[] a = input;
        for (int l = 1; l <= layers.depth(); l++) {
            double[] next = new double[layers.size(l)];
            for (int j = 0; j < next.length; j++) {
                double z = parameters[layers.biases(l) + j];
                for (int i = 0; i < a.length; i++) {
                    z += a[i] * parameters[layers.weights(l) + j * a.length + i];
                }
                next[j] = l < layers.depth() ? Math.max(0, z) : linear ? z : 1 / (1 + Math.exp(-z));
            }
            a = next;
        }
        return a;
    }

    /** The squared error of some rows, summed over rows and outputs. */
    double squaredError(float[] inputs, float[] targets, int first, int rows) {
        double sum = 0;
        for (int r = first; r < first + rows; r++) {
            double[] output = output(row(inputs, r, layers.inputs()));
            double[] target = row(targets, r, layers.outputs());
            for (int j = 0; j < output.length; j++) {
                sum += (output[j] - target[j]) * (output[j] - target[j]);
            }
        }
        return sum;
    }

    /** The finite differences of {@link #squaredError}. */
    double[] gradient(float[] inputs, float[] targets, int first, int rows) {
        double[] gradient = new double[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            double at = parameters[i];
            parameters[i] = at + H;
            double above = squaredError(inputs, targets, first, rows);
            parameters[i] = at - H;
            double below = squaredError(inputs, targets, first, rows);
            parameters[i] = at;
            gradient[i] = (above - below) / (2 * H);
        }
        return gradient;
    }

    static double[] row(float[] rows, int r, int width) {
        double[] row = new double[width];
        for (int i = 0; i < width; i++) {
            row[i] = rows[r * width + i];
        }
        return row;
    }
}
