package org.sparkautoencoder.training;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits how long a training waits for an executor in the place of a lost one, and says that it waits. For one thread. */
final class ReplacementWait {
    private static final Logger LOG = LoggerFactory.getLogger(ReplacementWait.class);

    private static final long LOOK_MILLIS = 100;

    private final JavaSparkContext spark;
    private final int workers;
    private final long limitSeconds;
    private long waitedNanos; // while slots were missing, since the last attempt ran
    private long lastLook; // 0 if no slot was missing then
    private boolean waiting;

    /** @param limitSeconds how long slots may be missing */
    ReplacementWait(JavaSparkContext spark, int workers, long limitSeconds) {
        this.spark = spark;
        this.workers = workers;
        this.limitSeconds = limitSeconds;
    }

    /**
     * Waits until all workers have a slot or a stop is requested.
     *
     * @throws TrainingFailedException when slots have been missing for too long
     */
    void await(BooleanSupplier stopRequested) {
        while (Cluster.slots(spark) < workers && !stopRequested.getAsBoolean()) {
            check(false, null);
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrainingFailedException("the driver's thread was interrupted", e);
            }
        }
    }

    /**
     * Checks that slots have not been missing for too long. Called regularly.
     *
     * @param attemptRuns whether the workers have begun and not failed since
     * @param failure why the last attempt failed, or null
     * @throws TrainingFailedException when they have
     */
    void check(boolean attemptRuns, String failure) {
        long now = System.nanoTime();
        int slots = Cluster.slots(spark);
        if (slots < workers) {
            if (!waiting) {
                waiting = true;
                LOG.warn(
                        "waiting for an executor: {} of {} workers have a slot; up to {} s",
                        slots,
                        workers,
                        limitSeconds);
            }
            waitedNanos += lastLook == 0 ? 0 : now - lastLook;
            lastLook = now;
        } else {
            lastLook = 0;
            if (attemptRuns) { // not before: a new executor can be lost at once
                waiting = false;
                waitedNanos = 0;
            }
        }
        if (slots < workers && waitedNanos > TimeUnit.SECONDS.toNanos(limitSeconds)) {
            throw new TrainingFailedException(
                    "no executor came within " + limitSeconds + " s in the place of a lost one: "
                            + tooFew(workers, slots) + (failure == null ? "" : "; before that: " + failure),
                    null);
        }
    }

    static String tooFew(int workers, int slots) {
        return "the training has " + workers + " workers, which must run at once, and there is room for " + slots
                + " tasks: give the application more cores (spark.executor.instances, spark.executor.cores,"
                + " spark.cores.max), lower spark.task.cpus, or say --workers " + Math.max(1, slots);
    }
}
