package org.sparkautoencoder.training;

import java.io.File;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;

/** What a JVM holds. */
record Footprint(String executor, int exchangeThreads, List<String> threads, int files, long heapBytes)
        implements Serializable {
    static Footprint measure(int task) {
        try {
            Thread.sleep(300); // so that each executor takes one
            System.gc();
            Thread.sleep(200);
            System.gc();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        int exchange = 0;
        List<String> all = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            // Spark's own pools, of up to a hundred threads each, which grow with what is removed from block managers.
            if (!thread.getName().startsWith("block-manager-")) {
                all.add(thread.getName().replaceAll("[0-9]+", "#"));
            }
            if (thread.getName().contains("exchange")) {
                exchange++;
            }
        }
        String[] files = new File("/proc/self/fd").list();
        return new Footprint(
                SparkEnv.get().executorId(),
                exchange,
                all,
                files == null ? 0 : files.length,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** The threads that are here and not in {@code before}, their numbers left out. */
    List<String> newThreads(Footprint before) {
        List<String> grown = new ArrayList<>(threads);
        before.threads.forEach(grown::remove);
        return grown;
    }
}
