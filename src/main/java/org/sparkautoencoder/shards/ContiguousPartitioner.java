package org.sparkautoencoder.shards;

import org.apache.spark.Partitioner;

/** Assigns shards to partitions in contiguous blocks: of S shards, partition p of W holds [p S / W, (p + 1) S / W), in whole numbers. */
final class ContiguousPartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int shards;
    private final int partitions;

    /** @param partitions at least 1; of more partitions than shards, some are empty */
    ContiguousPartitioner(int shards, int partitions) {
        this.shards = shards;
        this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(Object shard) {
        // The first p whose block ends behind the shard: (p + 1) S / W >= shard + 1.
        return (int) (((((Integer) shard) + 1L) * partitions + shards - 1) / shards - 1);
    }

    /** The first shard of a partition; that of partition + 1 is the end. */
    int firstShard(int partition) {
        return (int) ((long) partition * shards / partitions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContiguousPartitioner same && same.shards == shards && same.partitions == partitions;
    }

    @Override
    public int hashCode() {
        return 31 * shards + partitions;
    }
}
