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
 * @param beside how many workers its executor has, itself included
 */
record Place(int attempt, int worker, int workers, int executor, int executors, int beside) {
    /** The only worker's, or one of several in one JVM. */
    static Place alone(int attempt, int worker, int workers) {
        return new Place(attempt, worker, workers, 0, 1, workers);
    }

    static Place of(BarrierTaskContext task) {
        List<String> executors = new ArrayList<>();
        int beside = 0;
        BarrierTaskInfo[] infos = task.getTaskInfos();
        String here = infos[task.partitionId()].address();
        for (BarrierTaskInfo info : infos) {
            if (!executors.contains(info.address())) {
                executors.add(info.address());
            }
            if (info.address().equals(here)) {
                beside++;
            }
        }
        return new Place(
                task.stageAttemptNumber(),
                task.partitionId(),
                task.numPartitions(),
                executors.indexOf(here),
                executors.size(),
                beside);
    }
}
