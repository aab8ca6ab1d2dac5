package org.sparkautoencoder.exchange;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.BarrierTaskContext;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.NeuronBlocks;

/** A worker's way to the exchange of its run; goes with the task. */
public final class ExchangeHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    // What the workers of one attempt in one executor share, by run, attempt and executor.
    private static final Map<String, ParallelTasks> OPEN = new HashMap<>();

    private final String runId;
    private final Address address;

    /** @param address null where all workers share the driver's JVM */
    ExchangeHandle(String runId, Address address) {
        this.runId = runId;
        this.address = address;
    }

    /** Joins the present attempt. */
    public Exchange join(BarrierTaskContext task) {
        return address == null
                ? Coordinator.join(runId, task.stageAttemptNumber(), task.partitionId(), task.numPartitions())
                : join(WorkerRank.of(task, address.topology()));
    }

    Exchange join(WorkerRank place) {
        String key = runId + "/" + place.attempt() + "/" + place.executor();
        synchronized (OPEN) {
            ParallelTasks tasks = OPEN.computeIfAbsent(
                    key, absent -> new ParallelTasks(place, new ExecutorClient(this, place), address.timeoutSeconds()));
            tasks.enter(place.rank(), place.worker());
            return new Exchange(tasks, place, () -> leave(key, tasks));
        }
    }

    private static void leave(String key, ParallelTasks tasks) {
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
     * Where the driver listens, and what an executor needs to know of the run.
     *
     * @param key stands in each message
     * @param mostRows of a shard in a minibatch
     * @param topology which workers count as those of one executor
     */
    record Address(
            String host,
            int port,
            Secret secret,
            long key,
            NeuronBlocks blocks,
            int shards,
            int mostRows,
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
