package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Pass;

/** What of a step crosses the network. All give the same bits. */
public enum Encoding {
    /** Factored or dense, by the layers and the batch size. */
    AUTO,
    /** Gradients to the driver, parameters from it. */
    DENSE,
    /** Inputs and deltas to all; each executor makes the whole update. */
    FACTORED;

    // Xie et al., "Lighter-communication distributed machine learning via sufficient factor broadcasting", UAI 2016: a
    // layer's gradient over m rows is delta^T a, of rank at most m. An executor sends and gets the factors of about a
    // batch in all, or a gradient and as many parameters; so factors are fewer bytes below
    // parameters / factors of a row rows (160 for 784-200-784).

    /** AUTO decided: whichever needs fewer bytes. */
    public Encoding decided(Layers layers, int batchSize) {
        if (this != AUTO) {
            return this;
        }
        return (long) batchSize * Pass.factorsOfRow(layers) <= layers.parameters() ? FACTORED : DENSE;
    }
}
