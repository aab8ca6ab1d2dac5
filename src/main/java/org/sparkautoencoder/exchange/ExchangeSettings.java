package org.sparkautoencoder.exchange;

/**
 * How workers meet. Nothing of it changes a bit of the result.
 *
 * @param encoding what crosses the network
 * @param port the driver's port for it, 0..65535; 0 for any free one
 * @param timeoutSeconds how long one waits for the others, at least 1
 * @param alwaysNetwork whether workers that share the driver's JVM use the network too; for tests
 */
public record ExchangeSettings(Encoding encoding, int port, int timeoutSeconds, boolean alwaysNetwork) {
    /** The settings without a word from the user. */
    public static final ExchangeSettings DEFAULT = new ExchangeSettings(Encoding.AUTO, 0, 60, false);

    public ExchangeSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the exchange port must be 0..65535, got " + port);
        }
        if (timeoutSeconds < 1) {
            throw new IllegalArgumentException("the exchange timeout must be at least 1 s, got " + timeoutSeconds);
        }
    }
}
