package org.sparkautoencoder.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** An executor's connection to the driver, for one question at a time. One thread asks; the channel's thread reads. */
final class Line implements AutoCloseable {
    /** Reads what follows an answer's header. On the channel's thread, while the thread that asked waits. */
    interface Reader {
        void read(ByteBuffer in);
    }

    // An answer that is near comes within the spins; a waiting thread that keeps its core from the driver on the same
    // machine only delays it.
    private static final long SPIN_NANOS = 20_000;
    private static final long NAP_NANOS = 200_000_000;
    private static final long MARGIN_SECONDS = 5; // in which the driver says first for whom all wait

    private final Ticket.Address address;
    private final Channels.Connecting connecting;
    private final TransportClient client;
    private final Callback callback = new Callback();
    private Reader reader;
    private int status;
    private long keptNanos;
    private String failure;
    private Thread asking;
    private volatile boolean answered;

    /** Connects and proves that it knows the run's secret. */
    Line(String runId, Ticket.Address address) {
        this.address = address;
        this.connecting = Channels.connect(SparkEnv.get(), runId, address.secret(), address.timeoutSeconds());
        try {
            this.client = connecting.factory().createClient(address.host(), address.port());
        } catch (IOException | RuntimeException e) {
            connecting.close();
            throw new BrokenMeetingException("executor " + SparkEnv.get().executorId() + " on " + Machine.host()
                    + " cannot reach the exchange on the driver, " + address + " (" + reason(e)
                    + "); open that port, fixed by --exchange-port, or set spark.driver.host to a name that executors"
                    + " reach");
        } catch (InterruptedException e) {
            connecting.close();
            Thread.currentThread().interrupt();
            throw new BrokenMeetingException("a worker was interrupted");
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
    }

    /**
     * Asks and waits for the answer.
     *
     * @param question from its position to its limit, which stay; not to be changed until the answer is there
     * @param then reads the rest of the answer, unless there is none
     * @return the answer's status
     * @throws BrokenMeetingException when the attempt is over, the connection failed or the time limit passed
     */
    int ask(ByteBuffer question, Reader then) {
        reader = then;
        failure = null;
        asking = Thread.currentThread();
        answered = false;
        client.sendRpc(question.duplicate(), callback);
        long begin = System.nanoTime();
        while (!answered && System.nanoTime() - begin < SPIN_NANOS) {
            Thread.onSpinWait();
        }
        long limit = (address.timeoutSeconds() + MARGIN_SECONDS) * 1_000_000_000L;
        while (!answered) {
            if (Thread.currentThread().isInterrupted()) {
                throw new BrokenMeetingException("a worker was interrupted");
            }
            if (System.nanoTime() - begin > limit) {
                throw new BrokenMeetingException("executor " + SparkEnv.get().executorId() + " on " + Machine.host()
                        + " waited " + limit / 1_000_000_000L + " s for the driver, " + address);
            }
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        if (failure != null) {
            throw new BrokenMeetingException(failure);
        }
        return status;
    }

    /** How long the driver kept the last question, waiting for other executors. */
    long keptNanos() {
        return keptNanos;
    }

    @Override
    public void close() {
        connecting.close();
    }

    private final class Callback implements RpcResponseCallback {
        @Override
        public void onSuccess(ByteBuffer answer) {
            try {
                answer.order(ByteOrder.LITTLE_ENDIAN);
                status = answer.getInt();
                answer.getInt();
                keptNanos = answer.getLong();
                answer.getLong();
                if (status == Frame.BROKEN) {
                    failure = Frame.text(answer);
                } else if (answer.hasRemaining()) {
                    reader.read(answer);
                }
            } catch (RuntimeException e) {
                failure = "the driver's answer cannot be read: " + e;
            }
            wake();
        }

        @Override
        public void onFailure(Throwable e) {
            failure = "executor " + SparkEnv.get().executorId() + " on " + Machine.host()
                    + " lost its connection to the driver, " + address + ": " + reason(e);
            wake();
        }

        private void wake() {
            answered = true;
            LockSupport.unpark(asking);
        }
    }
}
