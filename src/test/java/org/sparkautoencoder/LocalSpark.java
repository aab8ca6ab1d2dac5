package org.sparkautoencoder;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A real local Spark of so many cores, without what tests do not look at. */
public final class LocalSpark {
    private LocalSpark() {}

    public static JavaSparkContext start(String master) {
        return new JavaSparkContext(new SparkConf()
                .setMaster(master)
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.stage.maxConsecutiveAttempts", Integer.toString(Integer.MAX_VALUE))
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }
}
