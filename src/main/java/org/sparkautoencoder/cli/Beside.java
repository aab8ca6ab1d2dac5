package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.sweep.Admission;
import org.sparkautoencoder.sweep.Admission.Held;

/** Executes runs beside each other: each when it is admitted, and in a scheduler pool of its own. Any thread. */
final class Beside {
    private static final String POOL = "spark.scheduler.pool";

    private final JavaSparkContext spark;
    private final Admission admission;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    Beside(JavaSparkContext spark, Admission admission) {
        this.spark = spark;
        this.admission = admission;
    }

    /** What is done with a run that has begun. */
    interface Execution {
        Run.Ended of(Held slots) throws IOException;
    }

    /** Executes a run; null if it did not begin, because of {@link #requestStop}. */
    Run.Ended execute(Run run, Execution execution) throws IOException {
        try (Held slots = admission.hold(run.workers())) {
            running.add(run);
            if (admission.isClosed()) {
                run.abandon();
                return null;
            }
            spark.setLocalProperty(POOL, run.runId());
            return execution.of(slots);
        } finally {
            running.remove(run);
            // Threads are used again, and pass on what they have to those that they start.
            spark.setLocalProperty(POOL, null);
            spark.clearJobGroup();
        }
    }

    /** Ends the runs that go on after their present step, and begins none. */
    void requestStop() {
        admission.close();
        running.forEach(Run::requestStop);
    }
}
