package org.sparkautoencoder.exchange;

import java.io.Serializable;
import org.apache.spark.BarrierTaskContext;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;

/** A worker's way to the exchange of its run; goes with the task. */
public final class Ticket implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String runId;
    private final Address address;

    /** @param address null where all workers share the driver's JVM */
    Ticket(String runId, Address address) {
        this.runId = runId;
        this.address = address;
    }

    /** Joins the present attempt. */
    public Exchange join(BarrierTaskContext task) {
        return join(Place.of(task));
    }

    Exchange join(Place place) {
        return address == null
                ? Coordinator.join(runId, place.attempt(), place.worker(), place.workers())
                : Outpost.join(this, place);
    }

    String runId() {
        return runId;
    }

    Address address() {
        return address;
    }

    /**
     * Where the driver listens, and what an executor needs to know of the run.
     *
     * @param key stands in each message
     * @param encoding not AUTO
     * @param mostRows of a shard in a minibatch
     */
    record Address(
            String host,
            int port,
            Secret secret,
            long key,
            Encoding encoding,
            Layers layers,
            Momentum momentum,
            int shards,
            int mostRows,
            int timeoutSeconds)
            implements Serializable {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
