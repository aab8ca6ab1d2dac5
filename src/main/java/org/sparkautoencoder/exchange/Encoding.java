package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Layers;

/** What executors exchange over the network in a step. Every encoding gives the same bits. */
public enum Encoding {
    /** Factored or dense, whichever takes fewer bytes. */
    AUTO,
    /** Partial sums of gradients to the driver, which makes the update and returns the parameters. */
    DENSE,
    /** Factors of the gradient (inputs and deltas) to all executors, each of which makes the whole update. */
    FACTORED;

    // Xie et al., "Lighter-communication distributed machine learning via sufficient factor broadcasting", UAI 2016: a
    // layer's gradient over m rows is delta^T a, of rank at most m, so its factors can be fewer bytes than itself.

    /**
     * Resolves AUTO: the encoding with fewer bytes a step on the driver's network link, both directions added.
     *
     * @param maxRows largest number of a shard's rows in a minibatch
     */
    Encoding resolve(Layers layers, int maxRows, ShardPlacement placement) {
        return this == AUTO && factoredBytes(layers, maxRows, placement) <= denseBytes(layers, placement)
                ? FACTORED
                : this == AUTO ? DENSE : this;
    }

    // Each executor's factors are received once and sent to all others.
    private static long factoredBytes(Layers layers, int maxRows, ShardPlacement placement) {
        FactorExchange.Layout layout = new FactorExchange.Layout(layers, maxRows, placement);
        long bytes = 0;
        for (int executor = 0; executor < placement.executors(); executor++) {
            bytes += (long) layout.bytes(executor) * placement.executors();
        }
        return bytes;
    }

    // Each executor's partial sums are received, and all parameters are sent to it.
    private static long denseBytes(Layers layers, ShardPlacement placement) {
        long arrays = placement.executors();
        for (int executor = 0; executor < placement.executors(); executor++) {
            arrays += placement.nodes(executor).size();
        }
        return arrays * 4 * layers.parameters();
    }
}
