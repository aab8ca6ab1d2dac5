package org.sparkautoencoder.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.api.java.JavaSparkContext;

/** The Spark application. Stops its context only if it started it. */
final class Application implements AutoCloseable {
    private final JavaSparkContext spark;
    private final boolean ours;

    private Application(JavaSparkContext spark, boolean ours) {
        this.spark = spark;
        this.ours = ours;
    }

    /**
     * Starts, or joins a context that runs in this JVM.
     *
     * @throws UsageException for a master that has workers outside this JVM
     */
    static Application startLocal() {
        String master = conf().get("spark.master");
        if (!master.equals("local") && !master.startsWith("local[")) {
            throw new UsageException("training on " + master
                    + " is not possible yet: workers can only meet in one JVM; use --master 'local[*]'");
        }
        return start();
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
                .setIfMissing("spark.app.name", "spark-autoencoder")
                // Trainings side by side each have a pool, and their jobs take turns; one alone notices nothing.
                .setIfMissing("spark.scheduler.mode", "FAIR");
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
