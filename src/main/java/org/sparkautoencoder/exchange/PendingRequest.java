package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** A reusable request to the driver. One thread sends it and waits; the channel's thread reads the response. */
final class PendingRequest implements RpcResponseCallback {
    /** Reads what follows a response's header, on the channel's thread while the sender waits. */
    interface Reader {
        void read(ByteBuffer in);
    }

    // A fast response arrives while spinning. Longer spinning would take a core from a driver on the same machine.
    private static final long SPIN_NANOS = 20_000;
    private static final long MAX_PARK_NANOS = 200_000_000;
    private static final long MARGIN_SECONDS = 5; // the driver times out first: it knows which executor is missing

    private final ExchangeHandle.Address address;
    private Reader reader;
    private Thread sender;
    private int status;
    private long waitNanos;
    private String failure;
    private volatile boolean responded = true;

    PendingRequest(ExchangeHandle.Address address) {
        this.address = address;
    }

    /**
     * Sends a request.
     *
     * @param request its remaining bytes, which must not change before the response; the position stays
     * @param payloadReader reads what follows the response's header, if anything
     */
    void send(TransportClient client, ByteBuffer request, Reader payloadReader) {
        reader = payloadReader;
        failure = null;
        sender = Thread.currentThread();
        responded = false;
        client.sendRpc(request.duplicate(), this);
    }

    /**
     * Waits for the response.
     *
     * @return its status
     * @throws AttemptFailedException if the attempt failed, the connection broke or the time limit passed
     */
    int await() {
        long begin = System.nanoTime();
        while (!responded && System.nanoTime() - begin < SPIN_NANOS) {
            Thread.onSpinWait();
        }
        long limit = (address.timeoutSeconds() + MARGIN_SECONDS) * 1_000_000_000L;
        while (!responded) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AttemptFailedException("a worker was interrupted");
            }
            if (System.nanoTime() - begin > limit) {
                throw new AttemptFailedException(
                        ExecutorClient.name() + " waited " + limit / 1_000_000_000L + " s for the driver, " + address);
            }
            LockSupport.parkNanos(this, MAX_PARK_NANOS);
        }
        if (failure != null) {
            throw new AttemptFailedException(failure);
        }
        return status;
    }

    /** How long the driver held the request while it waited for other executors. */
    long waitNanos() {
        return waitNanos;
    }

    @Override
    public void onSuccess(ByteBuffer response) {
        try {
            response.order(ByteOrder.LITTLE_ENDIAN);
            status = response.getInt();
            response.getInt();
            waitNanos = response.getLong();
            response.getLong();
            if (status == WireFormat.FAILED) {
                failure = WireFormat.text(response);
            } else if (response.hasRemaining()) {
                reader.read(response);
            }
        } catch (RuntimeException e) {
            failure = "the driver's response cannot be read: " + e;
        }
        complete();
    }

    @Override
    public void onFailure(Throwable e) {
        failure = ExecutorClient.name() + " lost its connection to the driver, " + address + ": "
                + ExecutorClient.reason(e);
        complete();
    }

    private void complete() {
        responded = true;
        LockSupport.unpark(sender);
    }
}
