package org.sparkautoencoder.kernel;

/** Numbers with a closed form: sin(0.7 i + phase), as the reference has them. */
final class Wave {
    private Wave() {}

    static float[] of(int n, double phase, double scale, double shift) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (shift + scale * Math.sin(0.7 * i + phase));
        }
        return values;
    }

    /** The reference's initial parameters. */
    static float[] parameters(Layers layers) {
        float[] parameters = new float[layers.parameters()];
        for (int l = 1; l <= layers.depth(); l++) {
            float[] weights = of(layers.size(l) * layers.size(l - 1), l - 1, 0.3, 0);
            float[] biases = of(layers.size(l), l - 0.5, 0.1, 0);
            System.arraycopy(weights, 0, parameters, layers.weights(l), weights.length);
            System.arraycopy(biases, 0, parameters, layers.biases(l), biases.length);
        }
        return parameters;
    }

    /** The numbers 0 to n - 1. */
    static int[] count(int n) {
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = i;
        }
        return numbers;
    }
}
