package org.sparkautoencoder.exchange;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;

/**
 * The rank of a worker among all workers of a stage attempt, and among those of its executor.
 *
 * @param attempt Spark's attempt at the stage, from 0
 * @param rank 0..workers-1
 * @param executor index of its executor, 0..executors-1
 * @param executors number of executors that have workers
 * @param localRank 0..localWorkers-1
 * @param localWorkers number of workers in its executor
 */
record WorkerRank(int attempt, int rank, int workers, int executor, int executors, int localRank, int localWorkers) {
    /** The rank of a worker where one JVM has all workers. */
    static WorkerRank inOneJvm(int attempt, int rank, int workers) {
        return new WorkerRank(attempt, rank, workers, 0, 1, rank, workers);
    }

    static WorkerRank of(BarrierTaskContext task, ExchangeSettings.Topology topology) {
        int rank = task.partitionId();
        int workers = task.numPartitions();
        if (topology == ExchangeSettings.Topology.EXECUTOR_PER_WORKER) {
            return new WorkerRank(task.stageAttemptNumber(), rank, workers, rank, workers, 0, 1);
        }
        List<String> executors = new ArrayList<>();
        BarrierTaskInfo[] tasks = task.getTaskInfos();
        String ownAddress = tasks[rank].address();
        int localRank = 0;
        int localWorkers = 0;
        for (int i = 0; i < tasks.length; i++) {
            String address = tasks[i].address();
            if (!executors.contains(address)) {
                executors.add(address);
            }
            if (address.equals(ownAddress)) {
                localWorkers++;
                localRank += i < rank ? 1 : 0;
            }
        }
        return new WorkerRank(
                task.stageAttemptNumber(),
                rank,
                workers,
                executors.indexOf(ownAddress),
                executors.size(),
                localRank,
                localWorkers);
    }
}
