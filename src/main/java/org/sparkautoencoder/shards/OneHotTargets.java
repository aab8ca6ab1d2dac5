package org.sparkautoencoder.shards;

import org.apache.spark.api.java.function.Function;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.DataRow;

/** Shards for a classifier: a row's target is 1 at its label and 0 elsewhere. */
public final class OneHotTargets implements Function<Shard, Shard> {
    private static final long serialVersionUID = 1L;

    private final int classes;

    public OneHotTargets(int classes) {
        this.classes = classes;
    }

    /** @throws BadInputException for a row without a label */
    @Override
    public Shard call(Shard shard) {
        float[] targets = new float[shard.rows() * classes]; // rows x classes
        for (int index = 0; index < shard.rows(); index++) {
            int label = shard.labels()[index];
            if (label == DataRow.UNLABELLED) {
                throw new BadInputException(
                        "row " + shard.ids()[index] + " has no label: a classifier needs one for every row");
            }
            targets[index * classes + label] = 1;
        }
        return new Shard(shard.index(), shard.ids(), shard.labels(), shard.inputs(), targets);
    }
}
