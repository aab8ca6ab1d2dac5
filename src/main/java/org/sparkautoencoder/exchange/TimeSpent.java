package org.sparkautoencoder.exchange;

import java.util.List;

/**
 * A worker's time in the steps of an epoch, by part.
 *
 * @param computeSeconds forward and backward passes and updates
 * @param copySeconds copies of rows, gradients and weights
 * @param wireSeconds from the last worker's request to its response
 * @param waitSeconds waiting for other workers
 */
public record TimeSpent(double computeSeconds, double copySeconds, double wireSeconds, double waitSeconds) {
    /** The mean over at least one worker. */
    static TimeSpent mean(List<TimeSpent> workers) {
        double compute = 0;
        double copy = 0;
        double wire = 0;
        double wait = 0;
        for (TimeSpent worker : workers) {
            compute += worker.computeSeconds;
            copy += worker.copySeconds;
            wire += worker.wireSeconds;
            wait += worker.waitSeconds;
        }
        int n = workers.size();
        return new TimeSpent(compute / n, copy / n, wire / n, wait / n);
    }
}
