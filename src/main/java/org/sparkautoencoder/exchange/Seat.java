package org.sparkautoencoder.exchange;

import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** An executor's place in an attempt. */
final class Seat {
    final int executor;
    final TransportClient client;
    final String name;
    final int[] shards;

    // The number of the next question, and of the next step; only for the thread of the client's channel.
    long number = 1;
    long step;

    // The question that waits for its answer, null if none does; guarded by the attempt.
    RpcResponseCallback question;
    long arrived;

    Seat(int executor, TransportClient client, String name, int[] shards) {
        this.executor = executor;
        this.client = client;
        this.name = name;
        this.shards = shards;
    }
}
