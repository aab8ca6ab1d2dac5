package org.sparkautoencoder.kernel;

/** The initial parameters: weights from a normal distribution, biases 0. */
public final class InitialWeights {
    /** The study's standard deviation of the weights. */
    public static final double DEVIATION = 0.01;

    private InitialWeights() {}

    /** Draws parameters: a pure function of the layers and the seed. */
    public static float[] draw(Layers layers, long seed) {
        float[] parameters = new float[layers.parameters()];
        long key = Randomness.INITIAL_WEIGHTS.key(seed);
        for (int l = 1; l <= layers.depth(); l++) {
            for (int i = layers.weights(l); i < layers.biases(l); i++) {
                parameters[i] = (float) (DEVIATION * normal(RandomKeys.mix(key, i)));
            }
        }
        return parameters;
    }

    // Box and Muller, Ann. Math. Stat. 29 (1958); StrictMath, so that every JDK draws the same.
    private static double normal(long key) {
        double u = ((RandomKeys.mix(key, 1) >>> 11) + 1) * 0x1.0p-53;
        double v = (RandomKeys.mix(key, 2) >>> 11) * 0x1.0p-53;
        return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
    }
}
