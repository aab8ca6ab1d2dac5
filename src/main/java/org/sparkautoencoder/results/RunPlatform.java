package org.sparkautoencoder.results;

/**
 * What a run ran on.
 *
 * @param workers tasks of the stage, at least 1
 * @param executors JVMs they ran in, at least 1
 * @param blas the BLAS in use
 * @param versions of what
 * @param master Spark's master
 * @param sparkAppId Spark's application id
 */
public record RunPlatform(
        int workers, int executors, String blas, RunVersions versions, String master, String sparkAppId) {
    public RunPlatform {
        ColumnChecks.atLeast("workers", workers, 1);
        ColumnChecks.atLeast("executors", executors, 1);
    }

    /** The same, when it is known in how many JVMs the workers are. */
    RunPlatform on(int known) {
        return new RunPlatform(workers, known, blas, versions, master, sparkAppId);
    }
}
