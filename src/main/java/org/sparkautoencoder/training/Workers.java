package org.sparkautoencoder.training;

import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.MinibatchShard;
import org.sparkautoencoder.shards.Sharding;

/** The default number of workers of a training; it does not change the result. */
public final class Workers {
    // A model of a step's time, which decides whether another executor pays: the rate of a core in a step's products,
    // a link of 10 Gbit/s, and the time of a step's messages besides their bytes.
    private static final double FLOPS_PER_SECOND = 50e9;
    private static final double BYTES_PER_SECOND = 1.25e9;
    private static final double MESSAGE_SECONDS = 5e-4;

    private Workers() {}

    /** The smallest number of workers with which a training is as fast as possible. */
    public static int defaultCount(JavaSparkContext spark, TrainingSettings settings, Sharding sharding) {
        int executors = Cluster.executors(spark);
        int blocks = settings.blocks(sharding).maxPerLayer();
        int ofEach = Cluster.slots(spark) / executors;
        if (spark.isLocal()) {
            // More threads than processors gain nothing.
            return fewest(blocks, Math.min(ofEach, Runtime.getRuntime().availableProcessors()));
        }
        int workers = fewest(blocks, ofEach);
        return workers * executors(settings, sharding, workers, executors);
    }

    /** The number of executors that so many workers need: as few as have the slots. */
    static int executors(JavaSparkContext spark, TrainingSettings settings, Sharding sharding, int workers) {
        int executors = Cluster.executors(spark);
        int ofEach = Math.max(1, Cluster.slots(spark) / executors);
        int useful = Math.min(ofEach, settings.blocks(sharding).maxPerLayer());
        return Math.min(executors, (workers + useful - 1) / useful);
    }

    // The smallest number of workers of which none has more blocks than with all cores.
    private static int fewest(int blocks, int cores) {
        int each = (blocks + cores - 1) / Math.max(1, cores);
        return (blocks + each - 1) / each;
    }

    private static int executors(TrainingSettings settings, Sharding sharding, int workers, int most) {
        int best = 1;
        double least = seconds(settings, sharding, workers, 1);
        for (int executors = 2; executors <= Math.min(most, sharding.shards()); executors++) {
            double seconds = seconds(settings, sharding, workers, executors);
            if (seconds < least) {
                least = seconds;
                best = executors;
            }
        }
        return best;
    }

    // Of a step. In the factored encoding each executor computes the whole update, a third of the products.
    private static double seconds(TrainingSettings settings, Sharding sharding, int workers, int executors) {
        Layers layers = settings.layers();
        double compute = 6.0 * layers.parameters() * sharding.batchSize() / (FLOPS_PER_SECOND * workers);
        if (executors == 1) {
            return compute;
        }
        double factors = 4.0 * sharding.batchSize() * MinibatchShard.factorsOfRow(layers) * (executors - 1);
        double gradients = 4.0 * layers.parameters() * executors;
        double factored = compute / 3 + 2 * compute / 3 / executors + factors / BYTES_PER_SECOND;
        double dense = compute / executors + gradients / BYTES_PER_SECOND;
        return MESSAGE_SECONDS + Math.min(factored, dense);
    }
}
