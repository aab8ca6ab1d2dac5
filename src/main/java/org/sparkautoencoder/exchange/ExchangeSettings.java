package org.sparkautoencoder.exchange;

/**
 * How workers synchronise. No setting changes a bit of the result.
 *
 * @param encoding what executors exchange in a step
 * @param port the port that the driver listens on, 0..65535; 0 for any free one
 * @param timeoutSeconds how long workers wait for each other, at least 1
 * @param maxFailures number of failed attempts without a completed epoch that end the run, at least 1
 * @param topology which workers count as those of one executor
 */
public record ExchangeSettings(Encoding encoding, int port, int timeoutSeconds, int maxFailures, Topology topology) {
    /** Which workers count as those of one executor. */
    public enum Topology {
        /** Those that run in one; workers in the driver's JVM use no network. */
        ACTUAL,
        /** All workers, connected over the network even in the driver's JVM; for tests. */
        ONE_EXECUTOR,
        /** Each worker alone, even in one JVM; for tests. */
        EXECUTOR_PER_WORKER
    }

    /** Spark's default limit for a stage. */
    public static final int MAX_FAILURES = 4;

    /** The default settings. */
    public static final ExchangeSettings DEFAULT =
            new ExchangeSettings(Encoding.AUTO, 0, 60, MAX_FAILURES, Topology.ACTUAL);

    /** Settings with {@link #MAX_FAILURES}. */
    public ExchangeSettings(Encoding encoding, int port, int timeoutSeconds, Topology topology) {
        this(encoding, port, timeoutSeconds, MAX_FAILURES, topology);
    }

    public ExchangeSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the exchange port must be 0..65535, got " + port);
        }
        if (timeoutSeconds < 1) {
            throw new IllegalArgumentException("the exchange timeout must be at least 1 s, got " + timeoutSeconds);
        }
        if (maxFailures < 1) {
            throw new IllegalArgumentException("max-failures must be at least 1, got " + maxFailures);
        }
    }
}
