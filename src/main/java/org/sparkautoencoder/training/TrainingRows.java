package org.sparkautoencoder.training;

import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.shards.Shard;

/**
 * The shards of a training, one partition for each worker, in the training and in the test set.
 *
 * @param train cut by {@link TrainingSettings#sharding}
 * @param trainRows rows in them
 * @param test cut by {@link TrainingSettings#testSharding}; null for none
 * @param testRows rows in them
 */
public record TrainingRows(JavaRDD<Shard> train, long trainRows, JavaRDD<Shard> test, long testRows) {
    public TrainingRows {
        if (test != null && test.getNumPartitions() != train.getNumPartitions()) {
            throw new IllegalArgumentException("train and test need as many partitions, got " + train.getNumPartitions()
                    + " and " + test.getNumPartitions());
        }
    }

    /** Releases the memory. */
    public void release() {
        train.unpersist(false);
        if (test != null) {
            test.unpersist(false);
        }
    }
}
