package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** A request to the driver that waits for its response, again and again. One thread sends and waits; the channel's thread reads. */
final class PendingRequest implements RpcResponseCallback {
    /** Reads what follows a response's header. On the channel's thread, while the thread that asked waits. */
    interface Reader {
        void read(ByteBuffer in);
    }

    // A near response comes within the spins; a waiting thread that keeps its core from the driver on the same machine
    // only
    // delays it.
    private static final long SPIN_NANOS = 20_000;
    private static final long LONGEST_SLEEP_NANOS = 200_000_000;
    private static final long MARGIN_SECONDS = 5; // in which the driver says first for whom all wait

    private final ExchangeHandle.Address address;
    private Reader reader;
    private Thread waiting;
    private int status;
    private long keptNanos;
    private String failure;
    private volatile boolean answered = true;

    PendingRequest(ExchangeHandle.Address address) {
        this.address = address;
    }

    /**
     * Sends a request.
     *
     * @param request from its position to its limit, which stay; not to be changed until the response is there
     * @param then reads the rest of the response, unless there is none
     */
    void send(TransportClient client, ByteBuffer request, Reader then) {
        reader = then;
        failure = null;
        waiting = Thread.currentThread();
        answered = false;
        client.sendRpc(request.duplicate(), this);
    }

    /**
     * Waits for the response.
     *
     * @return its status
     * @throws AttemptFailedException when the attempt has failed, the connection broke or the time limit passed
     */
    int await() {
        long begin = System.nanoTime();
        while (!answered && System.nanoTime() - begin < SPIN_NANOS) {
            Thread.onSpinWait();
        }
        long limit = (address.timeoutSeconds() + MARGIN_SECONDS) * 1_000_000_000L;
        while (!answered) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AttemptFailedException("a worker was interrupted");
            }
            if (System.nanoTime() - begin > limit) {
                throw new AttemptFailedException(
                        ExecutorClient.name() + " waited " + limit / 1_000_000_000L + " s for the driver, " + address);
            }
            LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
        }
        if (failure != null) {
            throw new AttemptFailedException(failure);
        }
        return status;
    }

    /** How long the driver kept the request, waiting for other executors. */
    long keptNanos() {
        return keptNanos;
    }

    @Override
    public void onSuccess(ByteBuffer response) {
        try {
            response.order(ByteOrder.LITTLE_ENDIAN);
            status = response.getInt();
            response.getInt();
            keptNanos = response.getLong();
            response.getLong();
            if (status == WireFormat.FAILED) {
                failure = WireFormat.text(response);
            } else if (response.hasRemaining()) {
                reader.read(response);
            }
        } catch (RuntimeException e) {
            failure = "the driver's response cannot be read: " + e;
        }
        wake();
    }

    @Override
    public void onFailure(Throwable e) {
        failure = ExecutorClient.name() + " lost its connection to the driver, " + address + ": "
                + ExecutorClient.reason(e);
        wake();
    }

    private void wake() {
        answered = true;
        LockSupport.unpark(waiting);
    }
}
