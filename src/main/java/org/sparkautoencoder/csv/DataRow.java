package org.sparkautoencoder.csv;

import java.io.Serializable;

/** One row of a data set. Immutable by convention: the pixels are never written to. */
public final class DataRow implements Serializable {
    /** The label of a row that has none. */
    public static final int UNLABELLED = -1;

    private static final long serialVersionUID = 1L;

    private final long id;
    private final byte label;
    private final float[] pixels;

    /**
     * @param id the row's place in the data set, from 0, counted over all files in the order of their names
     * @param label 0..9, or {@link #UNLABELLED}
     * @param pixels the row's values, 0..1
     */
    public DataRow(long id, int label, float[] pixels) {
        this.id = id;
        this.label = (byte) label;
        this.pixels = pixels;
    }

    public long id() {
        return id;
    }

    public int label() {
        return label;
    }

    public float[] pixels() {
        return pixels;
    }
}
