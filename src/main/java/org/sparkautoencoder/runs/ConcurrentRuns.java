package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.sweep.SlotAllocator;
import org.sparkautoencoder.sweep.SlotAllocator.Allocation;

/** Executes runs concurrently: each when it has its slots, in a scheduler pool of its own. Any thread. */
public final class ConcurrentRuns {
    private static final String POOL = "spark.scheduler.pool";

    private final JavaSparkContext spark;
    private final SlotAllocator allocator;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    public ConcurrentRuns(JavaSparkContext spark, SlotAllocator allocator) {
        this.spark = spark;
        this.allocator = allocator;
    }

    /** What is done with a run that has begun. */
    public interface Execution {
        RunResult of(Allocation slots) throws IOException;
    }

    /** Executes a run; null if it did not begin, because of {@link #requestStop}. */
    public RunResult execute(Run run, Execution execution) throws IOException {
        try (Allocation slots = allocator.allocate(run.workers())) {
            running.add(run);
            if (allocator.isClosed()) {
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

    /** Ends the running runs after their present step, and begins none. */
    void requestStop() {
        allocator.close();
        running.forEach(Run::requestStop);
    }
}
