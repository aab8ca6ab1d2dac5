package org.sparkautoencoder.training;

import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks of the executors and the settings before a training, so that Spark does not wait for ever. */
public final class Cluster {
    private static final long LIMIT_MILLIS = 25_000;
    private static final long LOOK_MILLIS = 100;
    private static final long CALM_MILLIS = 1_000;
    private static final long START_SECONDS = 60;
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private static String warnedApplication = "";
    private static volatile String calmApplication = "";

    private Cluster() {}

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException for those with which a training cannot run
     */
    public static void check(SparkConf conf) {
        if (isLocal(conf)) {
            return;
        }
        if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            throw new IllegalArgumentException(
                    "a training needs all its workers at once, and Spark has no barrier stages with"
                            + " dynamic allocation: set spark.dynamicAllocation.enabled=false and the number of executors"
                            + " (spark.executor.instances, or spark.cores.max on a standalone cluster)");
        }
        if (conf.getBoolean("spark.speculation", false)) {
            throw new IllegalArgumentException(
                    "the tasks of a training cannot be run speculatively: set" + " spark.speculation=false");
        }
    }

    /**
     * Waits until executors are there, at most half a minute, and tries whether they have this program.
     *
     * @throws TrainingFailedException when they do not come or do not have it
     */
    public static void await(JavaSparkContext spark) {
        if (spark.isLocal()) {
            return;
        }
        int slots = awaitSlots(spark, 1);
        if (slots == 0) {
            throw new TrainingFailedException(
                    "no executor of " + spark.master() + " came within " + LIMIT_MILLIS / 1_000 + " s: see its web page"
                            + " whether it has free cores and memory for spark.executor.memory="
                            + spark.getConf().get("spark.executor.memory", "1g") + ", and why executors end",
                    null);
        }
        try {
            spark.parallelize(IntStream.range(0, slots).boxed().toList(), slots)
                    .map(Cluster::executor)
                    .count();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // Scala throws SparkException unchecked
            if (e instanceof SparkException && missesClasses(e)) {
                throw new TrainingFailedException(
                        "the executors do not have this program's classes: start it with submit.sh or spark-submit, or"
                                + " name its jar in spark.jars",
                        e);
            }
            throw new TrainingFailedException(
                    "the executors cannot run a task: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    /** Warns, once for each application, if strangers on the network can read the rows and take part in the training. */
    static synchronized void warnIfOpen(JavaSparkContext spark) {
        String application = spark.sc().applicationId();
        if (spark.isLocal()
                || spark.getConf().getBoolean("spark.authenticate", false)
                || application.equals(warnedApplication)) {
            return;
        }
        warnedApplication = application;
        LOG.warn("spark.authenticate is off: anyone who reaches the ports of the driver or of an executor can read the"
                + " rows and join the training, so the network must be trusted; otherwise set spark.authenticate and"
                + " spark.network.crypto.enabled to true and, on a standalone cluster, spark.authenticate.secret to one"
                + " value for its master, its workers and the application (src/docs/cluster.md)");
    }

    /** After how many seconds, at most, Spark notices that an executor is frozen or cannot be reached. */
    static long lossSeconds(SparkConf conf) {
        String timeout = conf.getTimeAsSeconds("spark.network.timeout", "120s") + "s";
        return (conf.getTimeAsMs("spark.storage.blockManagerHeartbeatTimeoutMs", timeout)
                        + conf.getTimeAsMs("spark.network.timeoutInterval", "60s"))
                / 1_000;
    }

    /** After how many seconds, at most, another executor has started in its place, if the cluster has room for one. */
    static long replacementSeconds(SparkConf conf) {
        return lossSeconds(conf) + START_SECONDS;
    }

    /** The number of tasks that can run at once. */
    public static int slots(JavaSparkContext spark) {
        return spark.isLocal()
                ? spark.sc().defaultParallelism()
                : spark.sc()
                        .maxNumConcurrentTasks(
                                spark.sc().resourceProfileManager().defaultResourceProfile());
    }

    /** The number of executors, at least 1. */
    public static int executors(JavaSparkContext spark) {
        return spark.isLocal()
                ? 1
                : Math.max(1, spark.sc().getExecutorMemoryStatus().size() - 1); // the driver is in there
    }

    /**
     * Waits until so many tasks can run at once, at most half a minute; the first time in an application also until no more
     * executors come.
     *
     * @return how many can run at once
     */
    static int awaitSlots(JavaSparkContext spark, int wanted) {
        String application = spark.sc().applicationId();
        long calm = spark.isLocal() || application.equals(calmApplication) ? 0 : CALM_MILLIS;
        long begin = System.currentTimeMillis();
        long changed = begin;
        int slots = slots(spark);
        for (long now = begin; now - begin < LIMIT_MILLIS; now = System.currentTimeMillis()) {
            int found = slots(spark);
            if (found != slots) {
                slots = found;
                changed = now;
            }
            if (slots >= wanted && now - changed >= calm) {
                calmApplication = application;
                break;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return slots;
    }

    private static boolean isLocal(SparkConf conf) {
        String master = conf.get("spark.master", "local").toLowerCase(Locale.ROOT);
        return master.equals("local") || master.startsWith("local[");
    }

    private static boolean missesClasses(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("ClassNotFoundException")
                    || message.contains("NoClassDefFoundError")
                    || message.contains("cannot assign instance of java.lang.invoke.SerializedLambda")) {
                return true;
            }
        }
        return false;
    }

    private static String executor(int task) {
        return SparkEnv.get().executorId() + "/" + task;
    }
}
