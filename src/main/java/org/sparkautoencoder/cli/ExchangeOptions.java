package org.sparkautoencoder.cli;

import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.runs.InvalidSettingsException;
import picocli.CommandLine.Option;

/** How the workers of a training synchronise; it does not change the result. */
final class ExchangeOptions {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "maximum number of tasks of a training, at least 1 (default: as many as make it faster)")
    private Integer workers;

    @Option(
            names = "--encoding",
            paramLabel = "WHAT",
            defaultValue = "auto",
            description = "what executors send each other in a step: factored (inputs and deltas), dense (gradients "
                    + "and weights), or auto, whichever is fewer bytes (default ${DEFAULT-VALUE})")
    private Encoding encoding;

    @Option(
            names = "--exchange-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "port of the driver that workers connect to; 0 for any free port (default " + "${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--exchange-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "seconds that a worker waits for the others before the attempt fails, at least 1 (default "
                    + "${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            defaultValue = "4",
            description = "number of failed attempts without a completed epoch after which the training fails, at "
                    + "least 1 (default ${DEFAULT-VALUE})")
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
