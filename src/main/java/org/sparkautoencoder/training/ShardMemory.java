package org.sparkautoencoder.training;

import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.shards.Sharding;

/**
 * Compares what shards need with the heaps that the application has. Rows as they are parsed go to disk where memory ends; the
 * shards of a training are dense arrays, and all of them lie in memory until it ends.
 */
public final class ShardMemory {
    // Measured with 60,000 to 600,000 rows of 784 values, heaps of 512 MiB to 4.4 GiB and G1: shards of 0.70 of the
    // heap trained in some cases and not in others, of 0.88 in a large heap only, of 0.94 in none.
    private static final double CLOSE = 0.7;
    private static final double GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    private static final int ROW_BYTES = Long.BYTES + Short.BYTES; // id and class

    private final boolean local;
    private final long heap;
    private final int executors;

    private ShardMemory(boolean local, long heap, int executors) {
        this.local = local;
        this.heap = heap;
        this.executors = executors;
    }

    /** What the application has: of executors, those that are there or, if they are more, those that are to come. */
    public static ShardMemory of(JavaSparkContext spark) {
        return spark.isLocal()
                ? new ShardMemory(true, Runtime.getRuntime().maxMemory(), 1)
                : new ShardMemory(
                        false,
                        spark.sc().executorMemory() * MIB,
                        Math.max(Cluster.executors(spark), spark.getConf().getInt("spark.executor.instances", 0)));
    }

    private ShardMemory withExecutors(int fewer) {
        return new ShardMemory(local, heap, Math.max(1, Math.min(executors, fewer)));
    }

    /** The bytes that so many rows take, whose inputs and targets are so many different values. */
    public static double bytes(long rows, int values) {
        return (double) rows * (ROW_BYTES + (double) Float.BYTES * values);
    }

    /**
     * Checks before rows are read that shards of them can lie in memory.
     *
     * @param rows a low estimate of their number
     * @throws BadInputException if they cannot
     */
    public void require(String path, long rows, int width) {
        if (bytes(rows, width) > total()) {
            throw new BadInputException(String.format(
                    Locale.ROOT,
                    "%s has at least %,d rows of %,d values, %s",
                    path,
                    rows,
                    width,
                    comparison(bytes(rows, width))));
        }
    }

    /**
     * Checks that the shards of a training can lie in the memory of the executors that its workers run in.
     *
     * @param rows what is trained and tested on, for messages
     * @param bytes what their shards take
     * @return a warning where there may be too little memory; null otherwise
     * @throws BadInputException if they cannot
     */
    public static String check(
            JavaSparkContext spark,
            TrainingSettings settings,
            Sharding sharding,
            int workers,
            String rows,
            double bytes) {
        ShardMemory all = of(spark).withExecutors(workers);
        if (bytes > all.total()) {
            throw new BadInputException(rows + ", " + all.comparison(bytes));
        }
        // Where Spark cannot place the workers so, it takes more executors.
        ShardMemory placed = all.withExecutors(Workers.executors(spark, settings, sharding, workers));
        return bytes > CLOSE * placed.total() ? rows + ", " + placed.comparison(bytes) : null;
    }

    private double total() {
        return (double) heap * executors;
    }

    private String comparison(double bytes) {
        String have = local ? "this program has" : executors == 1 ? "the executor has" : executors + " executors have";
        return String.format(
                Locale.ROOT,
                "which a training keeps in memory: they need %.1f GiB, and %s %.1f GiB%s; %s",
                bytes / GIB,
                have,
                total() / GIB,
                bytes > total() ? "" : ", which may be too little",
                advice(bytes));
    }

    /** What to set so that there is enough memory for so many bytes of shards; for 0 bytes, for twice as many as there is now. */
    public String advice(double bytes) {
        double enough = bytes == 0 ? 2 * total() : bytes / CLOSE;
        String size = (long) Math.ceil(enough / executors / GIB) + "g";
        return local
                ? "give it more (--driver-memory " + size + " of submit.sh, before the command), or train on fewer rows"
                : "give each executor more (--executor-memory " + size + " of submit.sh, before the command), take more"
                        + " executors and --workers, or train on fewer rows";
    }
}
