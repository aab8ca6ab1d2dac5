package org.sparkautoencoder.shards;

import java.io.Serializable;
import org.sparkautoencoder.csv.DataRow;

/**
 * A part of a data set as dense arrays, by row. Where input and target are the same rows, they are
 * the same array.
 */
public final class Shard implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final long[] ids;
    private final short[] labels;
    private final float[] inputs;
    private final float[] targets;

    /**
     * @param index which shard of the data set this is, from 0
     * @param ids rows
     * @param labels rows; the number of the class, {@link DataRow#UNLABELLED} where there is none
     * @param inputs rows x input width
     * @param targets rows x target width
     */
    public Shard(int index, long[] ids, short[] labels, float[] inputs, float[] targets) {
        this.index = index;
        this.ids = ids;
        this.labels = labels;
        this.inputs = inputs;
        this.targets = targets;
    }

    public int index() {
        return index;
    }

    public int rows() {
        return ids.length;
    }

    public long[] ids() {
        return ids;
    }

    public short[] labels() {
        return labels;
    }

    public float[] inputs() {
        return inputs;
    }

    public float[] targets() {
        return targets;
    }
}
