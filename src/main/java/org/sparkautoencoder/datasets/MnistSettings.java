package org.sparkautoencoder.datasets;

import java.net.URI;
import java.util.List;

/**
 * Where MNIST may come from.
 *
 * @param sources folders or http(s) prefixes that hold the files, plain or .gz, asked in this order; where there are
 *     any, nothing else is asked
 * @param mirrors public prefixes, asked in this order for what neither a source nor the cache has
 * @param limits for the network
 */
public record MnistSettings(List<String> sources, List<URI> mirrors, TimeLimits limits) {
    public static final List<URI> PUBLIC_MIRRORS = List.of(
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

    public static final MnistSettings DEFAULT = new MnistSettings(List.of(), PUBLIC_MIRRORS, TimeLimits.DEFAULT);

    public MnistSettings {
        sources = List.copyOf(sources);
        mirrors = List.copyOf(mirrors);
    }

    public MnistSettings withSources(List<String> places) {
        return new MnistSettings(places, mirrors, limits);
    }

    public MnistSettings withLimits(TimeLimits newLimits) {
        return new MnistSettings(sources, mirrors, newLimits);
    }
}
