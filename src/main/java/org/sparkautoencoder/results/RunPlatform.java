package org.sparkautoencoder.results;

/**
 * The platform of a run.
 *
 * @param workers number of workers, at least 1
 * @param executors number of JVMs with workers, at least 1
 * @param blas the BLAS in use
 * @param versions of the software
 * @param master Spark's master
 * @param sparkAppId Spark's application id
 */
public record RunPlatform(
        int workers, int executors, String blas, RunVersions versions, String master, String sparkAppId) {
    public RunPlatform {
        ColumnChecks.atLeast("workers", workers, 1);
        ColumnChecks.atLeast("executors", executors, 1);
    }

    /** A copy with another number of executors. */
    RunPlatform withExecutors(int count) {
        return new RunPlatform(workers, count, blas, versions, master, sparkAppId);
    }
}
