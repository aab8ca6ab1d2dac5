package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Layers;

/** What of a step crosses the network between executors. All give the same bits. */
public enum Encoding {
    /** Factored or dense, whichever is fewer bytes. */
    AUTO,
    /** Sums of gradients to the driver, which makes the update, and parameters from it. */
    DENSE,
    /** Inputs and deltas to all; each executor makes the whole update. */
    FACTORED;

    // Xie et al., "Lighter-communication distributed machine learning via sufficient factor broadcasting", UAI 2016: a
    // layer's gradient over m rows is delta^T a, of rank at most m, so its factors can be fewer bytes than itself.

    /**
     * AUTO decided: whichever is fewer bytes in a step on the driver's link, in both directions.
     *
     * @param mostRows of a shard in a minibatch
     */
    Encoding decided(Layers layers, int mostRows, ShardPlacement placement) {
        return this == AUTO && factoredBytes(layers, mostRows, placement) <= denseBytes(layers, placement)
                ? FACTORED
                : this == AUTO ? DENSE : this;
    }

    // Each executor's factors come once, and go to all others.
    private static long factoredBytes(Layers layers, int mostRows, ShardPlacement placement) {
        FactorLayout layout = new FactorLayout(layers, mostRows, placement);
        long bytes = 0;
        for (int executor = 0; executor < placement.executors(); executor++) {
            bytes += (long) layout.bytes(executor) * placement.executors();
        }
        return bytes;
    }

    // Each executor's sums of gradients come, and all parameters go to it.
    private static long denseBytes(Layers layers, ShardPlacement placement) {
        long arrays = placement.executors();
        for (int executor = 0; executor < placement.executors(); executor++) {
            arrays += placement.nodes(executor).size();
        }
        return arrays * 4 * layers.parameters();
    }
}
