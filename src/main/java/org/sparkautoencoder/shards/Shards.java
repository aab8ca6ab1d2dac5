package org.sparkautoencoder.shards;

import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.LoadedRows;

/** Rows into shards: one shuffle, after which each partition holds its shards as dense arrays. */
public final class Shards {
    private Shards() {}

    /**
     * The rows of a data set, each its own target. What else a training needs is made of these, shard by shard:
     * {@link MaskingNoise#noised}, {@link OneHotTargets}, a frozen encoder's outputs.
     *
     * <p>Of S shards and W partitions, partition p holds the shards [p S / W, (p + 1) S / W), in ascending order.
     *
     * @param partitions how many partitions the result has, at least 1; of more than there are shards, some are empty
     */
    public static JavaRDD<Shard> of(LoadedRows rows, Sharding sharding, int partitions) {
        if (rows.rows() != sharding.rows()) {
            throw new IllegalArgumentException(
                    "the data set has " + rows.rows() + " rows, the sharding " + sharding.rows());
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, got " + partitions);
        }
        ContiguousPartitioner partitioner = new ContiguousPartitioner(sharding.shards(), partitions);
        return blocks(rows, sharding)
                .partitionBy(partitioner)
                .setName("blocks of shards")
                .mapPartitionsWithIndex(new ShardAssembly(sharding, partitioner, rows.width(), rows.scaling()), true)
                .setName("shards");
    }

    static JavaPairRDD<Integer, byte[]> blocks(LoadedRows rows, Sharding sharding) {
        long[] firstIds = rows.firstIds();
        int width = rows.width();
        Classes classes = rows.classes();
        return JavaPairRDD.fromJavaRDD(rows.blocks()
                .mapPartitionsWithIndex(
                        (partition, parsed) -> new ShardBlocks(sharding, parsed, classes, firstIds[partition], width),
                        false));
    }
}
