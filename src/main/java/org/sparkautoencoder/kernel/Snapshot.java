package org.sparkautoencoder.kernel;

/**
 * The state of a training after a number of whole epochs. Not copied: whoever keeps the arrays copies them.
 *
 * @param epochs done
 * @param parameters laid out as {@link Layers} says
 * @param velocity likewise
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Snapshot(int epochs, float[] parameters, float[] velocity) {
    public Snapshot {
        if (epochs < 0 || parameters.length != velocity.length) {
            throw new IllegalArgumentException("a snapshot after " + epochs + " epochs of " + parameters.length
                    + " parameters and " + velocity.length + " velocities");
        }
    }

    /** Of a training that has not begun. */
    public static Snapshot initial(float[] parameters) {
        return new Snapshot(0, parameters, new float[parameters.length]);
    }

    /** The same with arrays of its own. */
    public Snapshot copy() {
        return new Snapshot(epochs, parameters.clone(), velocity.clone());
    }
}
