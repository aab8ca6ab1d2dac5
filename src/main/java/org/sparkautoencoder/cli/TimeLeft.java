package org.sparkautoencoder.cli;

import java.util.Locale;
import org.sparkautoencoder.training.Epoch;

/** The remaining time of a training at most, estimated from its epochs so far. For one thread. */
final class TimeLeft {
    private final int epochs;
    private int first = -1;
    private long firstAt;

    /** @param epochs the most that there will be */
    TimeLeft(int epochs) {
        this.epochs = epochs;
    }

    /** After an epoch, which must be told of each; empty after the first. */
    String after(Epoch epoch) {
        long now = System.nanoTime();
        if (first < 0) {
            first = epoch.epoch();
            firstAt = now;
        }
        if (epoch.epoch() <= first) {
            return "";
        }
        double perEpoch = (now - firstAt) / 1e9 / (epoch.epoch() - first);
        return String.format(Locale.ROOT, "  %.0f s left at most", perEpoch * (epochs - 1 - epoch.epoch()));
    }
}
