package org.sparkautoencoder.exchange;

import java.util.StringJoiner;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** An executor of an attempt, as the driver sees it. */
final class ExecutorConnection {
    final int executor;
    final TransportClient client;
    final String name;
    final int[] shards;

    // The number of the next request for which all executors wait, and how many steps were sent, of all and of each
    // block;
    // only for the thread of the client's channel.
    long number = 1;
    long steps;
    final long[] blockSteps;

    // What waits for its response, null if nothing does, and since when; guarded by the attempt.
    RpcResponseCallback request;
    long arrived;

    ExecutorConnection(int executor, TransportClient client, String name, int[] shards, int blocks) {
        this.executor = executor;
        this.client = client;
        this.name = name;
        this.shards = shards;
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
