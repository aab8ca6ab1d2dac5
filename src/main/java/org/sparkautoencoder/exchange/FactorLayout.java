package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.MinibatchShard;

/**
 * Offsets in an executor's section of a step: for each of its shards the number of rows (int), then space for the factors of
 * the largest possible number of rows.
 */
final class FactorLayout {
    private final ShardPlacement placement;
    private final int shardBytes;

    /** @param maxRows largest number of a shard's rows in a minibatch */
    FactorLayout(Layers layers, int maxRows, ShardPlacement placement) {
        this.placement = placement;
        this.shardBytes = Math.toIntExact(4 + 4L * maxRows * MinibatchShard.factorsOfRow(layers));
    }

    ShardPlacement placement() {
        return placement;
    }

    /** The length of an executor's section in bytes. */
    int bytes(int executor) {
        return Math.multiplyExact(placement.of(executor).length, shardBytes);
    }

    /** The offset of the number of rows of the section's i-th shard. */
    int rows(int i) {
        return i * shardBytes;
    }

    /** The offset of the factors of the section's i-th shard. */
    int factors(int i) {
        return i * shardBytes + 4;
    }
}
