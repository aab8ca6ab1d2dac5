package org.sparkautoencoder.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManagerId;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The executors that the workers of a training run on: as few as have room, consecutive ranks together. By itself Spark assigns
 * tasks to executors round-robin, so workers that could synchronise in memory would use the network.
 */
final class Placement implements AutoCloseable {
    // Slots of each executor that trainings have reserved. There is one Spark context in a JVM.
    private static final Map<BlockManagerId, Integer> RESERVED = new HashMap<>();

    private final List<BlockManagerId> workers; // the executor of each worker; empty where Spark decides

    private Placement(List<BlockManagerId> workers) {
        this.workers = workers;
    }

    /**
     * Reserves slots, until it is closed.
     *
     * @param executors the number of executors to use
     */
    static Placement reserve(JavaSparkContext spark, int workers, int executors) {
        if (spark.isLocal()) {
            return new Placement(List.of());
        }
        synchronized (RESERVED) {
            List<BlockManagerId> all = executors();
            int slots = all.isEmpty() ? 0 : Cluster.slots(spark) / all.size();
            all.sort(Comparator.<BlockManagerId>comparingInt(executor -> RESERVED.getOrDefault(executor, 0))
                    .thenComparing(BlockManagerId::executorId, Comparator.comparingInt(String::length))
                    .thenComparing(BlockManagerId::executorId));
            List<BlockManagerId> chosen = new ArrayList<>(all.subList(0, Math.min(executors, all.size())));
            List<BlockManagerId> assigned = new ArrayList<>();
            for (int worker = 0; worker < workers && !chosen.isEmpty(); worker++) {
                assigned.add(chosen.get((int) ((long) worker * chosen.size() / workers)));
            }
            assigned.forEach(executor -> RESERVED.merge(executor, 1, Integer::sum));
            Placement placement = new Placement(assigned);
            if (chosen.stream().anyMatch(executor -> RESERVED.get(executor) > slots)) {
                placement.close(); // other trainings have reserved too many slots
                return new Placement(List.of());
            }
            return placement;
        }
    }

    private static List<BlockManagerId> executors() {
        List<BlockManagerId> executors = new ArrayList<>();
        for (BlockManagerId id : CollectionConverters.asJava(
                SparkEnv.get().blockManager().master().getMemoryStatus().keySet())) {
            if (!id.isDriver()) {
                executors.add(id);
            }
        }
        return executors;
    }

    /** The rows of each worker, on its executor. */
    <T> JavaRDD<T> of(JavaRDD<T> rows) {
        return workers.isEmpty()
                ? rows
                : PlacedRdd.of(
                        rows,
                        workers.stream()
                                .map(executor -> "executor_" + executor.host() + "_" + executor.executorId())
                                .toList());
    }

    @Override
    public void close() {
        synchronized (RESERVED) {
            workers.forEach(executor ->
                    RESERVED.computeIfPresent(executor, (id, reserved) -> reserved == 1 ? null : reserved - 1));
        }
    }
}
