package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Pass;

/**
 * Where each executor's part of a step lies. Of each of its shards: rows (int), loss (float), and as many values as there
 * can be, factors of the rows or a gradient.
 */
final class Sections {
    private static final int SHARD_HEAD = 8;

    private final int[][] shards;
    private final int shardBytes;

    /** @param shards of each executor */
    Sections(Layers layers, int mostRows, Encoding encoding, int[][] shards) {
        this.shards = shards;
        this.shardBytes = shardBytes(layers, mostRows, encoding);
    }

    private static int shardBytes(Layers layers, int mostRows, Encoding encoding) {
        long values = encoding == Encoding.FACTORED
                ? (long) mostRows * Pass.factorsOfRow(layers)
                : (long) layers.parameters();
        return Math.toIntExact(SHARD_HEAD + 4 * values);
    }

    int executors() {
        return shards.length;
    }

    int[] shards(int executor) {
        return shards[executor];
    }

    /** Bytes of an executor's section. */
    int bytes(int executor) {
        return Math.multiplyExact(shards[executor].length, shardBytes);
    }

    /** From the section's beginning to the rows, the loss and the values of its i-th shard. */
    int rows(int i) {
        return i * shardBytes;
    }

    int loss(int i) {
        return i * shardBytes + 4;
    }

    int values(int i) {
        return i * shardBytes + SHARD_HEAD;
    }
}
