package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the workers of a JVM report at an epoch's end.
 *
 * @param spent by worker; none after an evaluation
 * @param sums by shard
 */
record EpochReport(Map<Integer, TimeSpent> spent, Map<Integer, double[]> sums) {
    private static final int MOST_VALUES = 1_024;

    /** How many bytes {@link #write} writes. */
    int bytes() {
        int bytes = 8 + 36 * spent.size();
        for (double[] one : sums.values()) {
            bytes += 8 + 8 * one.length;
        }
        return bytes;
    }

    void write(ByteBuffer out) {
        out.putInt(spent.size());
        spent.forEach((worker, time) -> out.putInt(worker)
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
     * Reads what was written, and leaves the buffer behind it.
     *
     * @throws IllegalArgumentException if this is no report on so many workers and shards
     */
    static EpochReport read(ByteBuffer in, int workers, int shards) {
        EpochReport report = new EpochReport(new LinkedHashMap<>(), new LinkedHashMap<>());
        int n = below(workers + 1, in.getInt());
        for (int i = 0; i < n; i++) {
            int worker = below(workers, in.getInt());
            report.spent.put(worker, new TimeSpent(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble()));
        }
        int m = below(shards + 1, in.getInt());
        for (int i = 0; i < m; i++) {
            int shard = below(shards, in.getInt());
            double[] values = new double[below(MOST_VALUES, in.getInt())];
            for (int j = 0; j < values.length; j++) {
                values[j] = in.getDouble();
            }
            report.sums.put(shard, values);
        }
        return report;
    }

    private static int below(int limit, int value) {
        if (value < 0 || value >= limit) {
            throw new IllegalArgumentException(value + " instead of 0 to " + (limit - 1));
        }
        return value;
    }
}
