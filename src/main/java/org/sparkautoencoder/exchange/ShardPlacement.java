package org.sparkautoencoder.exchange;

import java.util.ArrayList;
import java.util.List;
import org.sparkautoencoder.kernel.SummationTree;
import org.sparkautoencoder.kernel.SummationTree.Node;

/** Which executor has which shards, and how their sums are split between executors. */
final class ShardPlacement {
    private final int[][] shards; // by executor, ascending
    private final int n;

    /**
     * @param shards of each executor
     * @param n how many there are in all
     * @throws IllegalArgumentException if they are not each shard once
     */
    ShardPlacement(int[][] shards, int n) {
        this.shards = shards;
        this.n = n;
        boolean[] present = new boolean[n];
        int count = 0;
        for (int[] one : shards) {
            for (int shard : one) {
                if (shard < 0 || shard >= n || present[shard]) {
                    throw new IllegalArgumentException(
                            "shard " + shard + " of " + n + " is on two executors, or is none");
                }
                present[shard] = true;
                count++;
            }
        }
        if (count != n) {
            throw new IllegalArgumentException("the executors have " + count + " of " + n + " shards");
        }
    }

    int executors() {
        return shards.length;
    }

    int[] of(int executor) {
        return shards[executor];
    }

    /** The sums that an executor can make alone: one where its shards are an aligned block, else a few. */
    List<Node> nodes(int executor) {
        List<Node> nodes = new ArrayList<>();
        int[] own = shards[executor];
        for (int i = 0; i < own.length; ) {
            int end = i + 1;
            while (end < own.length && own[end] == own[end - 1] + 1) {
                end++;
            }
            nodes.addAll(SummationTree.cover(own[i], own[end - 1] + 1, n));
            i = end;
        }
        return nodes;
    }
}
