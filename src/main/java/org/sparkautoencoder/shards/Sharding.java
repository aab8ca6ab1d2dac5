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
    // A keyed permutation gives each row id a position, once for the whole training. Position p is slot p / shards of
    // shard p % shards, so shards differ by at most one row, and a data set sorted by label is cut into like shards.
    // Minibatch k of an epoch takes the positions k * batchSize to (k + 1) * batchSize - 1, so of shard s the turns
    // [first(k, s), first(k + 1, s)). Which slot has which turn is a new permutation every epoch and shard.
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

    public int slotOf(long position) {
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
    public int mostRowsOfStep() {
        return (batchSize + shards - 1) / shards;
    }

    /** The first turn of shard {@code shard} in minibatch {@code step}; that of step + 1 is the end. */
    public int firstTurn(int step, int shard) {
        long position = Math.min((long) step * batchSize, rows);
        return Math.toIntExact(Math.max(0, (position - shard + shards - 1) / shards));
    }

    /** Fills {@code slots} (one a row of the shard) with the slots in the order of their turns in this epoch. */
    public void order(int epoch, int shard, int[] slots) {
        int n = slots.length;
        for (int i = 0; i < n; i++) {
            slots[i] = i;
        }
        long key = RandomKeys.mix(RandomKeys.mix(Randomness.TURNS.key(seed), epoch), shard);
        for (int i = n - 1; i > 0; i--) { // Fisher and Yates
            int j = RandomKeys.below(RandomKeys.mix(key, i), i + 1);
            int slot = slots[i];
            slots[i] = slots[j];
            slots[j] = slot;
        }
    }
}
