package org.sparkautoencoder.datasets;

import java.time.Duration;

/**
 * How long the network may take.
 *
 * @param connect until a server is connected to
 * @param read during which a server may send nothing at all
 * @param whole for everything together, so that a server that trickles cannot hold us up either
 */
public record TimeLimits(Duration connect, Duration read, Duration whole) {
    public static final TimeLimits DEFAULT =
            new TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofMinutes(10));

    public TimeLimits {
        requirePositive("connect", connect);
        requirePositive("read", read);
        requirePositive("whole", whole);
    }

    public TimeLimits withWhole(Duration limit) {
        return new TimeLimits(connect, read, limit);
    }

    private static void requirePositive(String name, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the time limit '" + name + "' must be above 0, got " + limit);
        }
    }

    /** "8 s" or "250 ms". */
    static String text(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
