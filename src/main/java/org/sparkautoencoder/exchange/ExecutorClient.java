package org.sparkautoencoder.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.WireFormat.BeginResponse;
import org.sparkautoencoder.exchange.WireFormat.Request;
import org.sparkautoencoder.kernel.Processor;

/** An executor's connection to the driver, shared by the executor's workers of one attempt. */
final class ExecutorClient implements DriverLink {
    // A connection that strangers have displaced breaks at once (ConnectionGuard); one to a port that is closed by a
    // firewall takes longer, and trying again would not help.
    private static final int MAX_CONNECTIONS = 3;
    private static final long RECONNECT_NANOS = 3_000_000_000L;

    private final ExchangeHandle handle;
    private final ExchangeHandle.Address run;
    private final WorkerRank rank;
    private Channels.Client channels;
    private TransportClient transport;
    private GradientExchange gradientExchange;
    private FactorExchange factorExchange;
    private PendingRequest pending;
    private long number;
    private int epoch;
    private float[] parameters;
    private float[] velocity;
    private volatile boolean stopRequested;
    private boolean closed;

    ExecutorClient(ExchangeHandle handle, WorkerRank rank) {
        this.handle = handle;
        this.run = handle.address();
        this.rank = rank;
    }

    /** The name of this JVM's executor in messages. */
    static String name() {
        return "executor " + SparkEnv.get().executorId() + " on " + host();
    }

    private static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    /** The message of the root cause, in one line. */
    static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
    }

    ExchangeHandle.Address run() {
        return run;
    }

    WorkerRank rank() {
        return rank;
    }

    TransportClient transport() {
        return transport;
    }

    /** Null unless several executors exchange gradients. */
    GradientExchange gradientExchange() {
        return gradientExchange;
    }

    /** Null unless several executors exchange factors. */
    FactorExchange factorExchange() {
        return factorExchange;
    }

    /** The header of a request. */
    Request request(int kind, int block, boolean finite, long number) {
        int flags = finite ? 0 : WireFormat.NOT_FINITE;
        return new Request(kind, rank.attempt(), rank.executor(), block, flags, run.key(), number);
    }

    /** Connects, authenticates with the run's secret, and joins the attempt. */
    @Override
    public boolean begin(int[] shards) {
        connect();
        pending = new PendingRequest(run);
        JoinRequest join = new JoinRequest(
                rank.attempt(),
                rank.executor(),
                rank.executors(),
                rank.workers(),
                SparkEnv.get().executorId(),
                host(),
                Processor.arithmetic(),
                Arrays.stream(shards).boxed().toList());
        ByteBuffer out = ByteBuffer.allocate(WireFormat.REQUEST + 4_096 + 4 * shards.length);
        out.order(ByteOrder.LITTLE_ENDIAN);
        request(WireFormat.JOIN, 0, true, number++).write(out);
        join.write(out);
        run.secret().appendMac(out);
        pending.send(transport, out.flip(), this::readBeginResponse);
        return pending.await() != WireFormat.STOP;
    }

    private synchronized void connect() {
        if (closed) {
            throw new AttemptFailedException("another worker of this executor failed");
        }
        channels = Channels.connect(
                SparkEnv.get(), handle.runId(), run.secret(), run.timeoutSeconds(), new DriverMessages());
        long begin = System.nanoTime();
        for (int tries = 1; transport == null; tries++) {
            try {
                transport = channels.factory().createClient(run.host(), run.port());
            } catch (IOException | RuntimeException e) {
                if (tries == MAX_CONNECTIONS || System.nanoTime() - begin > RECONNECT_NANOS) {
                    throw new AttemptFailedException(name() + " cannot reach the exchange on the driver, " + run + " ("
                            + reason(e) + "); open that port, fixed by --exchange-port, or set spark.driver.host to a"
                            + " name that executors can resolve");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AttemptFailedException("a worker was interrupted");
            }
        }
    }

    private void readBeginResponse(ByteBuffer in) {
        BeginResponse begin = BeginResponse.read(in);
        epoch = begin.epoch();
        parameters = new float[run.layers().parameters()];
        velocity = new float[in.getInt()];
        FloatBuffer values = in.asFloatBuffer();
        values.get(parameters).get(velocity);
        if (rank.executors() > 1) {
            ShardPlacement placement = new ShardPlacement(begin.shards().toArray(int[][]::new), run.shards());
            if (begin.dense()) {
                gradientExchange = new GradientExchange(this, placement);
            } else {
                factorExchange = new FactorExchange(this, placement);
            }
        }
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public float[] velocity() {
        return velocity;
    }

    @Override
    public boolean stopRequested() {
        return stopRequested;
    }

    @Override
    public void diverged(int step) {
        ByteBuffer out = ByteBuffer.allocate(WireFormat.REQUEST + 4).order(ByteOrder.LITTLE_ENDIAN);
        request(WireFormat.DIVERGED, 0, false, number++).write(out);
        sendAndAwait(out.putInt(step).flip());
    }

    // Unless the driver makes the update itself, the first executor sends it the state of each epoch.
    @Override
    public Next endEpoch(EpochReport report, boolean evaluated) {
        boolean sendsState = !evaluated && rank.executor() == 0 && velocity.length > 0;
        int values = sendsState ? 2 * parameters.length : 0;
        ByteBuffer out = ByteBuffer.allocate(
                        Math.addExact(WireFormat.REQUEST + report.bytes(), Math.multiplyExact(4, values)))
                .order(ByteOrder.LITTLE_ENDIAN);
        request(evaluated ? WireFormat.EVALUATED : WireFormat.TRAINED, 0, true, number++)
                .write(out);
        report.write(out);
        if (sendsState) {
            out.asFloatBuffer().put(parameters).put(velocity);
            out.position(out.limit());
        }
        return switch (sendAndAwait(out.flip())) {
            case WireFormat.EVALUATE -> Next.EVALUATE;
            case WireFormat.STOP -> Next.STOP;
            default -> Next.CONTINUE;
        };
    }

    private int sendAndAwait(ByteBuffer request) {
        pending.send(transport, request, in -> {});
        return pending.await();
    }

    /** The number of the next request that all executors send; for one worker at a time. */
    long nextNumber() {
        return number++;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (channels != null) {
            channels.close();
            channels = null;
        }
    }

    /** Receives one-way messages from the driver, on the channel's thread. */
    private final class DriverMessages extends RpcHandler {
        private final StreamManager noStreams = new NoOpRpcHandler().getStreamManager();

        @Override
        public void receive(TransportClient driver, ByteBuffer message) {
            if (WireFormat.isStop(message, run.key())) {
                stopRequested = true;
            }
        }

        @Override
        public void receive(TransportClient driver, ByteBuffer message, RpcResponseCallback callback) {
            callback.onFailure(new UnsupportedOperationException("executors do not accept requests"));
        }

        @Override
        public StreamManager getStreamManager() {
            return noStreams;
        }
    }
}
