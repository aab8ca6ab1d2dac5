package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.MinibatchShard;

/**
 * Where each shard's factors lie in an executor's section of a step: rows (int), and room for the factors of as many rows as
 * there can be.
 */
final class FactorLayout {
    private final ShardPlacement placement;
    private final int shardBytes;

    /** @param mostRows of a shard in a minibatch */
    FactorLayout(Layers layers, int mostRows, ShardPlacement placement) {
        this.placement = placement;
        this.shardBytes = Math.toIntExact(4 + 4L * mostRows * MinibatchShard.factorsOfRow(layers));
    }

    ShardPlacement placement() {
        return placement;
    }

    /** Bytes of an executor's section. */
    int bytes(int executor) {
        return Math.multiplyExact(placement.of(executor).length, shardBytes);
    }

    /** From the section's beginning to the rows and the factors of its i-th shard. */
    int rows(int i) {
        return i * shardBytes;
    }

    int factors(int i) {
        return i * shardBytes + 4;
    }
}
