package org.sparkautoencoder.exchange;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.BarrierTaskContext;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.NeuronBlocks;

/** Serializable handle by which a task joins the exchange of its run. */
public final class ExchangeHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    // By run, attempt and executor.
    private static final Map<String, ParallelTasks> OPEN = new HashMap<>();

    private final String runId;
    private final Address address;

    /** @param address null if all workers run in the driver's JVM */
    ExchangeHandle(String runId, Address address) {
        this.runId = runId;
        this.address = address;
    }

    /** Joins the task's stage attempt. */
    public Exchange join(BarrierTaskContext task) {
        return address == null
                ? Coordinator.join(runId, task.stageAttemptNumber(), task.partitionId(), task.numPartitions())
                : join(WorkerRank.of(task, address.topology()));
    }

    Exchange join(WorkerRank rank) {
        String key = runId + "/" + rank.attempt() + "/" + rank.executor();
        synchronized (OPEN) {
            ParallelTasks tasks = OPEN.computeIfAbsent(
                    key, absent -> new ParallelTasks(rank, new ExecutorClient(this, rank), address.timeoutSeconds()));
            tasks.add(rank);
            return new Exchange(tasks, rank, () -> removeIfEmpty(key, tasks));
        }
    }

    private static void removeIfEmpty(String key, ParallelTasks tasks) {
        synchronized (OPEN) {
            if (tasks.isEmpty()) {
                OPEN.remove(key, tasks);
            }
        }
    }

    String runId() {
        return runId;
    }

    Address address() {
        return address;
    }

    /**
     * Where the driver listens, and the properties of the run that an executor needs.
     *
     * @param key identifies the run in each message
     * @param maxRows largest number of a shard's rows in a minibatch
     * @param topology which workers count as those of one executor
     */
    record Address(
            String host,
            int port,
            Secret secret,
            long key,
            NeuronBlocks blocks,
            int shards,
            int maxRows,
            int timeoutSeconds,
            ExchangeSettings.Topology topology)
            implements Serializable {
        Layers layers() {
            return blocks.layers();
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
