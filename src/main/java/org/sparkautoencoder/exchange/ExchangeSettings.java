package org.sparkautoencoder.exchange;

/**
 * How workers synchronise. Nothing of it changes a bit of the result.
 *
 * @param encoding what crosses the network in a step
 * @param port the driver's port for it, 0..65535; 0 for any free one
 * @param timeoutSeconds how long one waits for the others, at least 1
 * @param maxFailures how often the workers may fail without completing an epoch in between, at least 1
 * @param topology which workers count as those of one executor
 */
public record ExchangeSettings(Encoding encoding, int port, int timeoutSeconds, int maxFailures, Topology topology) {
    /** Which workers count as those of one executor, and so what crosses the network. */
    public enum Topology {
        /** Those that are in one; in the driver's JVM nothing crosses the network. */
        ACTUAL,
        /** All, and they reach the driver over the network even from its own JVM; for tests. */
        ONE_EXECUTOR,
        /** Each alone, even in one JVM; for tests. */
        EXECUTOR_PER_WORKER
    }

    /** As many as Spark lets a stage fail. */
    public static final int MAX_FAILURES = 4;

    /** The settings where the user says nothing. */
    public static final ExchangeSettings DEFAULT =
            new ExchangeSettings(Encoding.AUTO, 0, 60, MAX_FAILURES, Topology.ACTUAL);

    /** Settings with as many failures as Spark lets a stage have. */
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
