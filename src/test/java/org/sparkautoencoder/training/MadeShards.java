package org.sparkautoencoder.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.kernel.Permutation;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;

/** Shards of rows that were made in memory, where and in the order that {@code Shards.of} gives those of files. */
final class MadeShards {
    private MadeShards() {}

    /** @param digits rows with the ids 0..rows-1, in any order; each becomes its own target */
    static JavaRDD<Shard> of(JavaSparkContext spark, List<DataRow> digits, Sharding sharding, int partitions) {
        Permutation positions = sharding.positions();
        int width = digits.get(0).values().length;
        List<Shard> shards = new ArrayList<>();
        for (int s = 0; s < sharding.shards(); s++) {
            int rows = sharding.rowsOf(s);
            float[] values = new float[rows * width];
            shards.add(new Shard(s, new long[rows], new short[rows], values, values));
        }
        for (DataRow digit : digits) {
            long position = positions.apply(digit.id());
            Shard shard = shards.get(sharding.shardOf(position));
            int slot = sharding.indexOf(position);
            shard.ids()[slot] = digit.id();
            shard.labels()[slot] = (short) digit.label();
            System.arraycopy(digit.values(), 0, shard.inputs(), slot * width, width);
        }
        return spark.parallelize(shards, partitions); // in contiguous blocks too
    }
}
