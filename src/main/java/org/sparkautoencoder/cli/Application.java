package org.sparkautoencoder.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.training.Cluster;

/** The Spark application. Stops its context only if it started it. */
final class Application implements AutoCloseable {
    private final JavaSparkContext spark;
    private final boolean ours;

    private Application(JavaSparkContext spark, boolean ours) {
        this.spark = spark;
        this.ours = ours;
    }

    /**
     * Starts on any master, or joins a context that runs in this JVM, and waits for executors.
     *
     * @throws UsageException for settings of Spark with which a training cannot run
     */
    static Application startTraining() {
        try {
            Cluster.check(conf());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        Application application = start();
        try {
            Cluster.await(application.spark);
            return application;
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
    }

    /** Starts on any master, or joins a context that runs in this JVM. */
    static Application start() {
        SparkConf conf = conf();
        boolean ours = SparkContext$.MODULE$.getActive().isEmpty();
        return new Application(JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(conf)), ours);
    }

    private static SparkConf conf() {
        return new SparkConf()
                .setIfMissing("spark.master", "local[*]")
                .setIfMissing("spark.app.name", "spark-autoencoder");
    }

    JavaSparkContext spark() {
        return spark;
    }

    @Override
    public void close() {
        if (ours) {
            spark.close();
        }
    }
}
