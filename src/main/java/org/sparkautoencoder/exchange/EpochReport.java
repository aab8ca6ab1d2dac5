package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the workers of a JVM report at the end of an epoch.
 *
 * @param times by rank; empty after an evaluation
 * @param sums the values to be added up, by shard
 */
record EpochReport(Map<Integer, TimeSpent> times, Map<Integer, double[]> sums) {
    private static final int MAX_VALUES = 8_192;

    /** The number of bytes that {@link #write} writes. */
    int bytes() {
        int bytes = 8 + 36 * times.size();
        for (double[] values : sums.values()) {
            bytes += 8 + 8 * values.length;
        }
        return bytes;
    }

    void write(ByteBuffer out) {
        out.putInt(times.size());
        times.forEach((rank, time) -> out.putInt(rank)
                .putDouble(time.computeSeconds())
                .putDouble(time.copySeconds())
                .putDouble(time.wireSeconds())
                .putDouble(time.waitSeconds()));
        out.putInt(sums.size());
        sums.forEach((shard, values) -> {
            out.putInt(shard).putInt(values.length);
            for (double value : values) {
                out.putDouble(value);
            }
        });
    }

    /**
     * Reads a report and leaves the buffer at its end.
     *
     * @throws IllegalArgumentException if it is malformed for this number of workers and shards
     */
    static EpochReport read(ByteBuffer in, int workers, int shards) {
        EpochReport report = new EpochReport(new LinkedHashMap<>(), new LinkedHashMap<>());
        int timeCount = checkBelow(workers + 1, in.getInt());
        for (int i = 0; i < timeCount; i++) {
            int rank = checkBelow(workers, in.getInt());
            report.times.put(rank, new TimeSpent(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble()));
        }
        int sumCount = checkBelow(shards + 1, in.getInt());
        for (int i = 0; i < sumCount; i++) {
            int shard = checkBelow(shards, in.getInt());
            double[] values = new double[checkBelow(MAX_VALUES, in.getInt())];
            for (int j = 0; j < values.length; j++) {
                values[j] = in.getDouble();
            }
            report.sums.put(shard, values);
        }
        return report;
    }

    private static int checkBelow(int limit, int value) {
        if (value < 0 || value >= limit) {
            throw new IllegalArgumentException(value + " is not in 0.." + (limit - 1));
        }
        return value;
    }
}
