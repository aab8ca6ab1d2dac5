package org.sparkautoencoder.exchange;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;

/**
 * Where a worker stands among the workers of an attempt.
 *
 * @param attempt Spark's attempt at the stage, from 0
 * @param worker 0..workers-1
 * @param executor the executor it runs in, 0..executors-1
 * @param executors how many executors have workers
 * @param rank which of its executor's workers it is, 0..tasks-1
 * @param tasks how many workers its executor has
 */
record WorkerRank(int attempt, int worker, int workers, int executor, int executors, int rank, int tasks) {
    /** In the one JVM that has all workers. */
    static WorkerRank inOneJvm(int attempt, int worker, int workers) {
        return new WorkerRank(attempt, worker, workers, 0, 1, worker, workers);
    }

    static WorkerRank of(BarrierTaskContext task, ExchangeSettings.Topology topology) {
        int worker = task.partitionId();
        int workers = task.numPartitions();
        if (topology == ExchangeSettings.Topology.EXECUTOR_PER_WORKER) {
            return new WorkerRank(task.stageAttemptNumber(), worker, workers, worker, workers, 0, 1);
        }
        List<String> executors = new ArrayList<>();
        BarrierTaskInfo[] tasks = task.getTaskInfos();
        String here = tasks[worker].address();
        int rank = 0;
        int ofHere = 0;
        for (int i = 0; i < tasks.length; i++) {
            String address = tasks[i].address();
            if (!executors.contains(address)) {
                executors.add(address);
            }
            if (address.equals(here)) {
                ofHere++;
                rank += i < worker ? 1 : 0;
            }
        }
        return new WorkerRank(
                task.stageAttemptNumber(), worker, workers, executors.indexOf(here), executors.size(), rank, ofHere);
    }
}
