package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sparkautoencoder.exchange.WireFormat.Request;

/**
 * An executor's first request.
 *
 * @param host where it runs
 * @param arithmetic what it computes with, and on what processor
 * @param shards those of its workers, ascending
 */
record JoinRequest(
        int attempt,
        int executor,
        int executors,
        int workers,
        String id,
        String host,
        String arithmetic,
        List<Integer> shards) {
    static JoinRequest read(Request request, ByteBuffer in) {
        int executors = in.getInt();
        int workers = in.getInt();
        if (executors < 1 || workers < executors) {
            throw new IllegalArgumentException(workers + " workers on " + executors + " executors");
        }
        String id = WireFormat.take(in);
        String host = WireFormat.take(in);
        String arithmetic = WireFormat.take(in);
        int n = in.getInt();
        if (n < 0 || 4L * n + Secret.SEAL != in.remaining()) {
            throw new IllegalArgumentException(n + " shards in " + in.remaining() + " bytes");
        }
        List<Integer> shards = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            shards.add(in.getInt());
        }
        return new JoinRequest(request.attempt(), request.executor(), executors, workers, id, host, arithmetic, shards);
    }

    void write(ByteBuffer out) {
        out.putInt(executors).putInt(workers);
        WireFormat.put(out, id);
        WireFormat.put(out, host);
        WireFormat.put(out, arithmetic);
        out.putInt(shards.size());
        for (int shard : shards) {
            out.putInt(shard);
        }
    }
}
