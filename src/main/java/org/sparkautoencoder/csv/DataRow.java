package org.sparkautoencoder.csv;

import java.io.Serializable;

/** One row of a data set. Immutable by convention: the values are never written to. */
public final class DataRow implements Serializable {
    /** The class of a row that has no label. */
    public static final int UNLABELLED = -1;

    private static final long serialVersionUID = 1L;

    private final long id;
    private final short label;
    private final float[] values;

    /**
     * @param id the row's place in the data set, from 0, counted over all files in the order of their names
     * @param label the number of its class, or {@link #UNLABELLED}
     * @param values as the scale makes them
     */
    public DataRow(long id, int label, float[] values) {
        this.id = id;
        this.label = (short) label;
        this.values = values;
    }

    public long id() {
        return id;
    }

    /** The number of its class, or {@link #UNLABELLED}. */
    public int label() {
        return label;
    }

    public float[] values() {
        return values;
    }
}
