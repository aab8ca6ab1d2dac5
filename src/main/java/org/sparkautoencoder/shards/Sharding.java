package org.sparkautoencoder.shards;

import java.io.Serializable;
import org.sparkautoencoder.kernel.Permutation;
import org.sparkautoencoder.kernel.RandomKeys;
import org.sparkautoencoder.kernel.Randomness;

/**
 * Which rows form which shard, and which of a shard's rows form which minibatch: pure functions of the settings.
 *
 * @param rows how many rows the data set has, at least 1
 * @param shards how many shards it is cut into, 1..batchSize
 * @param batchSize rows of a minibatch, 1..rows
 * @param seed what decides everything random
 */
public record Sharding(long rows, int shards, int batchSize, long seed) implements Serializable {
    // A keyed permutation gives each row id a position, once for the whole training. Position p is row p / shards of
    // shard p % shards: shards differ by at most one row, and those of a data set sorted by label have the same mix
    // of labels. An epoch visits the rows of each shard in a new order. Of shard s, minibatch k takes the places
    // [first(k, s), first(k + 1, s)) of that order.
    public Sharding {
        if (rows < 1) {
            throw new IllegalArgumentException("a data set needs at least 1 row, got " + rows);
        }
        if (batchSize < 1 || batchSize > rows) {
            throw new IllegalArgumentException("a batch needs 1.." + rows + " rows (the data's), got " + batchSize);
        }
        if (shards < 1 || shards > batchSize) {
            throw new IllegalArgumentException("shards must be 1.." + batchSize + " (the batch size), got " + shards);
        }
    }

    /** Row id to position, 0..rows-1. */
    public Permutation positions() {
        return new Permutation(Randomness.POSITIONS.key(seed), rows);
    }

    public int shardOf(long position) {
        return (int) (position % shards);
    }

    public int indexOf(long position) {
        return Math.toIntExact(position / shards);
    }

    /** How many rows shard {@code shard} has. */
    public int rowsOf(int shard) {
        return Math.toIntExact((rows - shard + shards - 1) / shards);
    }

    /** Minibatches in an epoch; the last may be smaller. */
    public int stepsPerEpoch() {
        return Math.toIntExact((rows + batchSize - 1) / batchSize);
    }

    /** Rows of minibatch {@code step} over all shards. */
    public int rowsOfStep(int step) {
        return (int) (Math.min((step + 1L) * batchSize, rows) - (long) step * batchSize);
    }

    /** The most rows that a minibatch takes from any one shard. */
    public int maxRowsOfStep() {
        return (batchSize + shards - 1) / shards;
    }

    /** Where minibatch {@code step} begins in the order of shard {@code shard}; that of step + 1 is the end. */
    public int firstPlace(int step, int shard) {
        long position = Math.min((long) step * batchSize, rows);
        return Math.toIntExact(Math.max(0, (position - shard + shards - 1) / shards));
    }

    /** Fills {@code indices}, one for each row of the shard, with the order of the rows in this epoch. */
    public void order(int epoch, int shard, int[] indices) {
        int n = indices.length;
        for (int i = 0; i < n; i++) {
            indices[i] = i;
        }
        long key = RandomKeys.mix(RandomKeys.mix(Randomness.TURNS.key(seed), epoch), shard);
        for (int i = n - 1; i > 0; i--) { // Fisher and Yates
            int j = RandomKeys.below(RandomKeys.mix(key, i), i + 1);
            int index = indices[i];
            indices[i] = indices[j];
            indices[j] = index;
        }
    }
}
