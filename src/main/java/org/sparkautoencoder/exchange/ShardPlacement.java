package org.sparkautoencoder.exchange;

import java.util.ArrayList;
import java.util.List;
import org.sparkautoencoder.kernel.SummationTree;
import org.sparkautoencoder.kernel.SummationTree.Node;

/** Which executor has which shards, and the partial sums that follow from it. */
final class ShardPlacement {
    private final int[][] shards; // by executor, ascending
    private final int total;

    /**
     * @param shards by executor
     * @param total number of shards
     * @throws IllegalArgumentException unless each shard is on one executor
     */
    ShardPlacement(int[][] shards, int total) {
        this.shards = shards;
        this.total = total;
        boolean[] present = new boolean[total];
        int count = 0;
        for (int[] ofExecutor : shards) {
            for (int shard : ofExecutor) {
                if (shard < 0 || shard >= total || present[shard]) {
                    throw new IllegalArgumentException(
                            "shard " + shard + " of " + total + " is out of range or on two executors");
                }
                present[shard] = true;
                count++;
            }
        }
        if (count != total) {
            throw new IllegalArgumentException("the executors have " + count + " of " + total + " shards");
        }
    }

    int executors() {
        return shards.length;
    }

    /** The shards of an executor, ascending. */
    int[] of(int executor) {
        return shards[executor];
    }

    /** The nodes of the summation tree that an executor sums alone: one if its shards are an aligned block, else several. */
    List<Node> nodes(int executor) {
        List<Node> nodes = new ArrayList<>();
        int[] own = shards[executor];
        for (int i = 0; i < own.length; ) {
            int end = i + 1;
            while (end < own.length && own[end] == own[end - 1] + 1) {
                end++;
            }
            nodes.addAll(SummationTree.cover(own[i], own[end - 1] + 1, total));
            i = end;
        }
        return nodes;
    }
}
