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
 * On which executors the workers of a training run: on as few as have room, neighbours together. Spark alone would deal its tasks
 * out one to each executor in turn, and what could be synchronised in memory would cross the network.
 */
final class Placement implements AutoCloseable {
    // Slots of each executor that trainings hold at present. One Spark context a JVM.
    private static final Map<BlockManagerId, Integer> HELD = new HashMap<>();

    private final List<BlockManagerId> workers; // where each runs; empty where that is left to Spark

    private Placement(List<BlockManagerId> workers) {
        this.workers = workers;
    }

    /**
     * Holds slots, until it is closed.
     *
     * @param executors over how many they are to be spread
     */
    static Placement reserve(JavaSparkContext spark, int workers, int executors) {
        if (spark.isLocal()) {
            return new Placement(List.of());
        }
        synchronized (HELD) {
            List<BlockManagerId> all = executors();
            int slots = all.isEmpty() ? 0 : Cluster.slots(spark) / all.size();
            all.sort(Comparator.<BlockManagerId>comparingInt(executor -> HELD.getOrDefault(executor, 0))
                    .thenComparing(BlockManagerId::executorId, Comparator.comparingInt(String::length))
                    .thenComparing(BlockManagerId::executorId));
            List<BlockManagerId> chosen = new ArrayList<>(all.subList(0, Math.min(executors, all.size())));
            List<BlockManagerId> places = new ArrayList<>();
            for (int worker = 0; worker < workers && !chosen.isEmpty(); worker++) {
                places.add(chosen.get((int) ((long) worker * chosen.size() / workers)));
            }
            places.forEach(place -> HELD.merge(place, 1, Integer::sum));
            Placement placement = new Placement(places);
            if (chosen.stream().anyMatch(executor -> HELD.get(executor) > slots)) {
                placement.close(); // other trainings left no room for these workers side by side
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

    /** The rows of each worker, to be worked on where it runs. */
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
        synchronized (HELD) {
            workers.forEach(place -> HELD.computeIfPresent(place, (id, held) -> held == 1 ? null : held - 1));
        }
    }
}
