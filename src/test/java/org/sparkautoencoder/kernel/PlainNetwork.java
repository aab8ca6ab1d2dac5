package org.sparkautoencoder.kernel;

/** The same network in double and plain loops, row by row: nothing shared with the code under test but the layout. */
final class PlainNetwork {
    private final Layers layers;
    private final double[] parameters;

    PlainNetwork(Layers layers, double[] parameters) {
        this.layers = layers;
        this.parameters = parameters;
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
                next[j] = l == layers.depth() ? 1 / (1 + Math.exp(-z)) : Math.max(0, z);
            }
            a = next;
        }
        return a;
    }

    /** The squared error of a row, summed over the outputs. */
    double squaredError(double[] input, double[] target) {
        double[] output = output(input);
        double sum = 0;
        for (int j = 0; j < output.length; j++) {
            sum += (output[j] - target[j]) * (output[j] - target[j]);
        }
        return sum;
    }
}
