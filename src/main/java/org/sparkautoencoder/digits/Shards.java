package org.sparkautoencoder.digits;

import java.util.Iterator;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Rows into shards: one shuffle, after which each partition holds its shards as dense arrays. */
public final class Shards {
    private Shards() {}

    /**
     * The rows of a data set, each its own target; with fixed noise the noised row is the input and the clean one the
     * target. (Fresh noise is for whoever trains to draw, so it changes nothing here.)
     *
     * <p>Parses and shuffles at once, so that {@code rows} may be closed when this returns; the shards' arrays come into
     * being where the result is computed. Rows lie in Spark's shuffle files until then.
     *
     * @param partitions how many partitions the result has, at least 1; shard s lies in partition s % partitions
     * @param noise null for none
     */
    public static JavaRDD<Shard> of(LoadedDigits rows, Sharding sharding, int partitions, MaskingNoise noise) {
        if (rows.rows() != sharding.rows()) {
            throw new IllegalArgumentException(
                    "the data set has " + rows.rows() + " rows, the sharding " + sharding.rows());
        }
        JavaPairRDD<Integer, byte[]> blocks = rows.shardBlocks(sharding);
        JavaRDD<Shard> clean =
                assembled(blocks, sharding, partitions, rows.dialect().scale().largest());
        return noise != null && noise.mode() == MaskingNoise.Mode.FIXED ? clean.map(noise::noised) : clean;
    }

    /**
     * Any rows with any targets. The ids must be 0..rows-1, each once, all inputs of one width, and all targets. Shuffles at
     * once.
     *
     * @param partitions how many partitions the result has, at least 1; shard s lies in partition s % partitions
     */
    public static JavaRDD<Shard> of(JavaRDD<Example> examples, Sharding sharding, int partitions) {
        return assembled(
                examples.mapPartitionsToPair(rows -> new ShardBlocks.OfExamples(sharding, rows)),
                sharding,
                partitions,
                1);
    }

    private static JavaRDD<Shard> assembled(
            JavaPairRDD<Integer, byte[]> blocks, Sharding sharding, int partitions, int white) {
        // An Integer is its own hash: shard s goes to partition s % partitions.
        JavaPairRDD<Integer, byte[]> dealt =
                blocks.partitionBy(new HashPartitioner(partitions)).setName("blocks of shards");
        dealt.foreachPartition(Shards::shuffleOnly);
        return dealt.mapPartitionsWithIndex(new ShardAssembly(sharding, partitions, white), true)
                .setName("shards");
    }

    /** Reads nothing: a job that asks for a shuffle's result, however little of it, writes the shuffle's files. */
    private static void shuffleOnly(Iterator<Tuple2<Integer, byte[]>> blocks) {}
}
