package org.sparkautoencoder.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How a run stands.
 *
 * @param status how the run stands
 * @param startTime UTC, cut to microseconds
 * @param endTime UTC, cut to microseconds; null while running
 */
public record RunState(Status status, Instant startTime, Instant endTime) {
    public RunState {
        ColumnChecks.notNull("status", status);
        ColumnChecks.notNull("start_time", startTime);
        // What parquet holds, so that a row equals what is read back.
        startTime = startTime.truncatedTo(ChronoUnit.MICROS);
        endTime = endTime == null ? null : endTime.truncatedTo(ChronoUnit.MICROS);
    }
}
