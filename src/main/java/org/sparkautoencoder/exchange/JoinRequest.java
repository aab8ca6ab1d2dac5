package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sparkautoencoder.exchange.WireFormat.Request;

/**
 * An executor's first request.
 *
 * @param id Spark's executor id
 * @param arithmetic its BLAS and kind of processor
 * @param shards of its workers, ascending
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
        String id = WireFormat.getString(in);
        String host = WireFormat.getString(in);
        String arithmetic = WireFormat.getString(in);
        int count = in.getInt();
        if (count < 0 || 4L * count + Secret.MAC_BYTES != in.remaining()) {
            throw new IllegalArgumentException(count + " shards in " + in.remaining() + " bytes");
        }
        List<Integer> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shards.add(in.getInt());
        }
        return new JoinRequest(request.attempt(), request.executor(), executors, workers, id, host, arithmetic, shards);
    }

    void write(ByteBuffer out) {
        out.putInt(executors).putInt(workers);
        WireFormat.putString(out, id);
        WireFormat.putString(out, host);
        WireFormat.putString(out, arithmetic);
        out.putInt(shards.size());
        for (int shard : shards) {
            out.putInt(shard);
        }
    }
}
