package org.sparkautoencoder.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkautoencoder.exchange.Exchange;
import org.sparkautoencoder.kernel.MinibatchShard;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.ShardGradients;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;

/**
 * The shards of the workers of one JVM: the rows, their order in the epoch, the present minibatch and the next
 * one, and the sums of the epoch. Each worker writes its own part of it before a barrier, and all read it after that.
 */
final class LocalShards {
    private final List<Shard> train;
    private final List<Shard> test;
    private final Sharding sharding;
    private final MinibatchShard[][] minibatch; // [step % 2][shard], null for shards of other JVMs
    private final ShardGradients gradients;
    private final int[][] order; // of each local shard: the indices of its rows in the order of the epoch
    private final double[][] losses; // of each local shard: by block of the output layer
    private final double[][] counts; // of each local shard: EpochSums without the loss

    LocalShards(List<WorkerRows> rows, TrainingSettings settings, Sharding sharding, NeuronBlocks blocks) {
        this.train = sorted(rows.stream().flatMap(one -> one.train().stream()).toList());
        this.test = sorted(rows.stream().flatMap(one -> one.test().stream()).toList());
        this.sharding = sharding;
        int n = train.size();
        this.minibatch = new MinibatchShard[2][sharding.shards()];
        this.gradients = new ShardGradients(blocks, sharding.shards());
        this.order = new int[n][];
        this.losses = new double[n][blocks.of(settings.layers().depth()).size()];
        this.counts = new double[n][];
        for (int i = 0; i < n; i++) {
            Shard shard = train.get(i);
            MinibatchShard even = new MinibatchShard(blocks, settings.outputLayer(), sharding.maxRowsOfStep());
            minibatch[0][shard.index()] = even;
            minibatch[1][shard.index()] = even.alternate();
            order[i] = new int[shard.rows()];
        }
    }

    private static List<Shard> sorted(List<Shard> shards) {
        List<Shard> sorted = new ArrayList<>(shards);
        sorted.sort(Comparator.comparingInt(Shard::index));
        return sorted;
    }

    /** Allocates the factors of the shards of other executors. Called by one worker. */
    LocalShards withFactorsOfOthers(Exchange exchange, NeuronBlocks blocks) {
        for (int shard = 0; shard < sharding.shards() && exchange.exchangesFactors(); shard++) {
            if (minibatch[0][shard] == null) {
                minibatch[0][shard] = MinibatchShard.ofFactors(blocks, sharding.maxRowsOfStep());
                minibatch[1][shard] = minibatch[0][shard];
            }
        }
        return this;
    }

    /** The numbers of the local shards, ascending. */
    int[] indices() {
        return train.stream().mapToInt(Shard::index).toArray();
    }

    List<Shard> train() {
        return train;
    }

    List<Shard> test() {
        return test;
    }

    /** The rows of a step, by shard. */
    MinibatchShard[] minibatch(int step) {
        return minibatch[step & 1];
    }

    ShardGradients gradients() {
        return gradients;
    }

    /** The indices of the i-th local shard's rows in the order of the epoch. */
    int[] order(int i) {
        return order[i];
    }

    /** Sets the loss of the i-th local shard in the epoch, summed over the outputs of a block. */
    void loss(int i, int block, double sum) {
        losses[i][block] = sum;
    }

    /** Sets the counts of the epoch, {@link EpochSums} without the loss. */
    void counts(int i, double[] sums) {
        counts[i] = sums;
    }

    /** The {@link EpochSums} of the epoch by shard. Called by one worker, when all have set theirs. */
    Map<Integer, double[]> sums() {
        Map<Integer, double[]> all = new TreeMap<>();
        for (int i = 0; i < train.size(); i++) {
            for (double loss : losses[i]) {
                EpochSums.addLoss(counts[i], loss);
            }
            all.put(train.get(i).index(), counts[i]);
        }
        return all;
    }
}
