package org.sparkautoencoder.training;

import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.Sharding;

/** How many workers a training is given where the user does not say. Nothing of it changes the result. */
public final class Workers {
    private Workers() {}

    /** The most workers that make a training faster. */
    public static int mostUseful(JavaSparkContext spark, TrainingSettings settings, Sharding sharding) {
        int blocks = settings.blocks(sharding).most();
        return blocks;
    }
}
