package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** The executors of one stage attempt in the driver, with their pending requests. Guarded by the attempt's lock unless stated. */
final class AttemptExecutors {
    private final Connection[] connections; // by executor index, null until it has joined
    private int joined;
    private int arrived; // requests in the current round
    private int kind;
    private long firstArrival;

    AttemptExecutors(int count) {
        this.connections = new Connection[count];
    }

    int count() {
        return connections.length;
    }

    int joined() {
        return joined;
    }

    boolean allJoined() {
        return joined == connections.length;
    }

    /** Whether a join request has the right number of executors and an index that is free. */
    boolean accepts(JoinRequest request) {
        return request.executors() == connections.length
                && request.executor() >= 0
                && request.executor() < connections.length
                && connections[request.executor()] == null;
    }

    /** Adds an executor, whose join request is then pending. */
    void add(JoinRequest request, TransportClient client, RpcResponseCallback callback, int blocks) {
        Connection connection = new Connection(request, client, blocks);
        connection.pending = callback;
        connections[request.executor()] = connection;
        joined++;
    }

    /** The executor at an index if this is its client, else null. Any thread, when all have joined. */
    Connection get(int index, TransportClient client) {
        return index >= 0 && index < connections.length && connections[index].client == client
                ? connections[index]
                : null;
    }

    /** The executor with this client; null if there is none. */
    Connection of(TransportClient client) {
        for (Connection connection : connections) {
            if (connection != null && connection.client == client) {
                return connection;
            }
        }
        return null;
    }

    /** The shards of each executor, when all have joined. */
    int[][] shards() {
        int[][] shards = new int[connections.length][];
        for (Connection connection : connections) {
            shards[connection.index] = connection.shards;
        }
        return shards;
    }

    /**
     * Makes an executor's request pending until those of all executors have arrived.
     *
     * @return false if its kind differs from that of the other pending requests
     */
    boolean arrive(Connection connection, int requestKind, RpcResponseCallback callback) {
        connection.pending = callback;
        connection.arrivedNanos = System.nanoTime();
        if (arrived == 0) {
            kind = requestKind;
            firstArrival = connection.arrivedNanos;
        }
        arrived++;
        return kind == requestKind;
    }

    /** Whether the requests of all executors have arrived; the next request then starts a new round. */
    boolean endRound() {
        if (arrived < connections.length) {
            return false;
        }
        arrived = 0;
        return true;
    }

    /** Whether a request has waited for those of other executors since before {@code nanoTime}. */
    boolean areMissingSince(long nanoTime) {
        return arrived > 0 && firstArrival - nanoTime < 0;
    }

    /** Responds to every pending request. */
    void respondToAll(Function<Connection, ByteBuffer> response) {
        for (Connection connection : connections) {
            if (connection != null && connection.pending != null) {
                RpcResponseCallback callback = connection.pending;
                connection.pending = null;
                callback.onSuccess(response.apply(connection));
            }
        }
    }

    /** Sends a one-way message to an executor. */
    void send(int index, ByteBuffer message) {
        connections[index].client.send(message);
    }

    /** The names and shards of those executors that have joined and whose index matches. */
    String describe(IntPredicate index) {
        StringJoiner names = new StringJoiner(", ");
        for (Connection connection : connections) {
            if (connection != null && index.test(connection.index)) {
                names.add(connection.describe());
            }
        }
        return names.toString();
    }

    /** The names and shards of the executors without a pending request. */
    String describeMissing() {
        return describe(index -> connections[index].pending == null);
    }

    /** An executor and the numbers of its next requests. */
    static final class Connection {
        final int index;
        final TransportClient client;
        final String name;
        final int[] shards;

        // The number of the next request that all executors send, and the steps sent, in all and by block. Only for the
        // thread of the client's channel.
        long nextRequest = 1;
        long steps;
        final long[] blockSteps;

        // The request without a response yet, or null, and its time of arrival. Guarded by the attempt's lock.
        RpcResponseCallback pending;
        long arrivedNanos;

        Connection(JoinRequest request, TransportClient client, int blocks) {
            this.index = request.executor();
            this.client = client;
            this.name = "executor " + request.id() + " on " + request.host();
            this.shards = request.shards().stream().mapToInt(Integer::intValue).toArray();
            this.blockSteps = new long[blocks];
        }

        /** Name and shards. */
        String describe() {
            StringJoiner numbers = new StringJoiner(", ", shards.length == 1 ? "shard " : "shards ", "");
            for (int shard : shards) {
                numbers.add(Integer.toString(shard));
            }
            return name + " (" + numbers + ")";
        }
    }
}
