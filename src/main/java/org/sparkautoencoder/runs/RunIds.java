package org.sparkautoencoder.runs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Ids made of the time, for runs and sweeps that the user did not name. */
public final class RunIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunIds() {}

    /** {@code prefix}, the time in UTC, and four random digits. */
    public static String random(String prefix) {
        return timed(prefix)
                + String.format(
                        Locale.ROOT, "-%04x", ThreadLocalRandom.current().nextInt(0x10000));
    }

    /** {@code prefix} and the time in UTC. */
    public static String timed(String prefix) {
        return prefix + "-" + TIME.format(Instant.now());
    }
}
