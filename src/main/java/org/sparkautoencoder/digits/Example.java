package org.sparkautoencoder.digits;

import java.io.Serializable;

/** One row as a network sees it: what goes in, and what should come out. Nobody writes into its arrays. */
public final class Example implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long id;
    private final byte label;
    private final float[] inputs;
    private final float[] targets;

    /**
     * @param id the row's id in its data set, 0..rows-1
     * @param label 0..9, or {@link Digit#UNLABELLED}
     * @param inputs input width
     * @param targets target width; the very array {@code inputs} where a row is its own target
     */
    public Example(long id, int label, float[] inputs, float[] targets) {
        this.id = id;
        this.label = (byte) label;
        this.inputs = inputs;
        this.targets = targets;
    }

    /** A row that is its own target. */
    public static Example of(Digit digit) {
        return new Example(digit.id(), digit.label(), digit.pixels(), digit.pixels());
    }

    public long id() {
        return id;
    }

    public int label() {
        return label;
    }

    public float[] inputs() {
        return inputs;
    }

    public float[] targets() {
        return targets;
    }

    /** Whether input and target are one array. */
    public boolean isOwnTarget() {
        return inputs == targets;
    }
}
