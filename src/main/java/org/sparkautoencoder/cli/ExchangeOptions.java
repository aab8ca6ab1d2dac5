package org.sparkautoencoder.cli;

import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.runs.InvalidSettingsException;
import picocli.CommandLine.Option;

/** How the workers of a training meet. Nothing of it changes the result. */
final class ExchangeOptions {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "the most tasks of a training (as many as make it faster)")
    private Integer workers;

    @Option(
            names = "--encoding",
            paramLabel = "WHAT",
            defaultValue = "auto",
            description = "what executors send each other in a step: factored (inputs and deltas), dense (gradients and"
                    + " weights) or auto, whichever is less (${DEFAULT-VALUE})")
    private Encoding encoding;

    @Option(
            names = "--exchange-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "the driver's port for it (${DEFAULT-VALUE}: any free one)")
    private int port;

    @Option(
            names = "--exchange-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "how long workers wait for each other before the step counts as failed (${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            defaultValue = "4",
            description = "how often the workers of a training may fail in one epoch before it ends (${DEFAULT-VALUE})")
    private int maxFailures;

    @Option(
            names = "--topology",
            hidden = true,
            defaultValue = "actual",
            description = "which workers count as those of one executor, for tests")
    private ExchangeSettings.Topology topology;

    ExchangeSettings settings() {
        if (workers != null && workers < 1) {
            throw new InvalidSettingsException("--workers must be at least 1, got " + workers);
        }
        try {
            return new ExchangeSettings(encoding, port, timeoutSeconds, maxFailures, topology);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    /** The number of tasks that was asked for; null for none. */
    Integer workers() {
        return workers;
    }
}
