package org.sparkautoencoder.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The state of a run.
 *
 * @param status of the run
 * @param startTime UTC, truncated to microseconds
 * @param endTime UTC, truncated to microseconds; null while running
 */
public record RunState(Status status, Instant startTime, Instant endTime) {
    public RunState {
        ColumnChecks.notNull("status", status);
        ColumnChecks.notNull("start_time", startTime);
        // The precision in parquet, so that a row equals itself when read back.
        startTime = startTime.truncatedTo(ChronoUnit.MICROS);
        endTime = endTime == null ? null : endTime.truncatedTo(ChronoUnit.MICROS);
    }
}
