package org.sparkautoencoder.cli;

import java.io.IOException;
import java.net.InetAddress;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.training.Cluster;
import org.sparkautoencoder.training.TrainingFailedException;
import org.sparkautoencoder.training.TrainingMetrics;

/** The Spark application. Stops its context only if it started it. */
final class Application implements AutoCloseable {
    private static final String PLUGINS = "spark.plugins";

    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    private final JavaSparkContext spark;
    private final boolean ours;

    private Application(JavaSparkContext spark, boolean ours) {
        this.spark = spark;
        this.ours = ours;
    }

    /**
     * Starts on any master, or joins a context that runs in this JVM, and waits for executors.
     *
     * @throws InvalidSettingsException for settings of Spark with which a training cannot run
     */
    static Application startTraining() {
        try {
            Cluster.check(conf());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
        Application application = start();
        try {
            Cluster.await(application.spark);
            return application;
        } catch (RuntimeException e) {
            boolean refused = application.spark.sc().isStopped();
            application.close();
            throw refused ? unreachable(e) : e;
        }
    }

    /**
     * Starts on any master, or joins a context that runs in this JVM.
     *
     * @throws TrainingFailedException when a standalone master does not let it in
     */
    static Application start() {
        SparkConf conf = conf();
        boolean ours = SparkContext$.MODULE$.getActive().isEmpty();
        if (ours) {
            requireLocalFolder(conf);
            if (conf.getBoolean("spark.eventLog.enabled", false)) {
                makeEventLogFolder(conf);
            }
        }
        try {
            return new Application(JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(conf)), ours);
        } catch (RuntimeException e) {
            // After a minute Spark stops the context that it is still making, and fails somewhere on the way.
            throw conf.get("spark.master").startsWith("spark://") ? unreachable(e) : e;
        }
    }

    private static TrainingFailedException unreachable(RuntimeException cause) {
        return new TrainingFailedException(
                "no standalone master lets this application in at " + conf().get("spark.master")
                        + ": is one running there, and is spark.authenticate set here and there, with one"
                        + " spark.authenticate.secret, or neither here nor there?",
                cause);
    }

    /** Hadoop's settings, Spark's among them, also before Spark is started. */
    static Configuration hadoop() {
        return SparkHadoopUtil.get().newConfiguration(conf());
    }

    // Spark would try ten times and end this JVM with a code of its own.
    private static void requireLocalFolder(SparkConf conf) {
        String folders = System.getenv("SPARK_LOCAL_DIRS");
        if (folders == null) {
            folders = conf.get("spark.local.dir", System.getProperty("java.io.tmpdir"));
        }
        BadInputException refusal = null;
        for (String folder : folders.split(",", -1)) {
            try {
                AtomicOutput.requireWritable(AtomicOutput.local(java.nio.file.Path.of(folder.strip())), hadoop());
                return;
            } catch (BadInputException e) {
                refusal = e;
            }
        }
        throw new InvalidSettingsException("spark.local.dir: " + refusal.getMessage(), refusal);
    }

    // Spark ends where it is absent.
    private static void makeEventLogFolder(SparkConf conf) {
        Path folder = new Path(conf.get("spark.eventLog.dir", "/tmp/spark-events"));
        try {
            FileSystem fs = folder.getFileSystem(SparkHadoopUtil.get().newConfiguration(conf));
            fs.mkdirs(folder);
        } catch (IOException e) {
            throw new InvalidSettingsException(
                    "spark.eventLog.dir=" + folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Spark's settings with this program's defaults. */
    static SparkConf conf() {
        SparkConf conf = new SparkConf();
        String plugins = conf.get(PLUGINS, "");
        if (!plugins.contains(TrainingMetrics.class.getName())) {
            conf.set(PLUGINS, TrainingMetrics.class.getName() + (plugins.isEmpty() ? "" : "," + plugins));
        }
        conf.setIfMissing("spark.master", "local[*]");
        String master = conf.get("spark.master");
        // Anyone who reaches the driver's ports could read the rows and the secret of a training.
        if (master.equals("local") || master.startsWith("local[")) {
            keepLocal(conf);
        } else if (sparkMakesSecret(master, conf)) {
            conf.setIfMissing("spark.authenticate", "true");
        }
        if ("java".equals(System.getProperty(Blas.PROPERTY))) { // as everything that is not a native library
            conf.setIfMissing("spark.shuffle.mapStatus.compression.codec", "lz4")
                    .setIfMissing("spark.eventLog.compression.codec", "lz4");
        }
        return conf.setIfMissing("spark.app.name", "spark-autoencoder")
                // Spark counts failures even if epochs were completed between them; AttemptFailures counts those
                // without.
                .setIfMissing("spark.stage.maxConsecutiveAttempts", Integer.toString(Integer.MAX_VALUE))
                // The tasks of a barrier stage begin together or not at all: none gains by waiting for a better
                // executor.
                .setIfMissing("spark.locality.wait", "0s")
                // Anyone who reaches the user interface could end a training by a link.
                .setIfMissing("spark.ui.killEnabled", "false")
                // Concurrent trainings have a pool each, so that their jobs share the slots fairly.
                .setIfMissing("spark.scheduler.mode", "FAIR");
    }

    // One for each application, which Spark gives its executors. On a standalone cluster master and workers need it
    // too, and on YARN the shuffle service, if there is one.
    private static boolean sparkMakesSecret(String master, SparkConf conf) {
        return master.startsWith("k8s://")
                || (master.equals("yarn") && !conf.getBoolean("spark.shuffle.service.enabled", false));
    }

    // Everything is in this JVM: nobody else needs its ports, and a task that runs out of memory must not end the JVM
    // with an exit code of Spark's own.
    private static void keepLocal(SparkConf conf) {
        if (System.getenv("SPARK_LOCAL_IP") == null && System.getenv("SPARK_PUBLIC_DNS") == null) {
            conf.setIfMissing("spark.driver.host", LOOPBACK).setIfMissing("spark.driver.bindAddress", LOOPBACK);
        }
        conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
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
