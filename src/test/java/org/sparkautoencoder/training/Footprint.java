package org.sparkautoencoder.training;

import java.io.File;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import org.apache.spark.SparkEnv;

/** What a JVM holds. */
record Footprint(String executor, int exchangeThreads, int threads, int files, long heapBytes) implements Serializable {
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
        int all = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            // Spark's own pool, of up to a hundred threads, which grows with each broadcast that is removed.
            if (!thread.getName().startsWith("block-manager-storage")) {
                all++;
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
}
