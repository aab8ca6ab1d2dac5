package org.sparkautoencoder.exchange;

import java.util.List;

/**
 * Where the time of an epoch's steps went.
 *
 * @param computeSeconds in the network's arithmetic: passes and updates
 * @param copySeconds in copying rows, gradients and weights
 * @param wireSeconds between the last worker's message and the answer to it
 * @param waitSeconds in waiting for other workers
 */
public record TimeSpent(double computeSeconds, double copySeconds, double wireSeconds, double waitSeconds) {
    /** The mean over workers, at least one. */
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
