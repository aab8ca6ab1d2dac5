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
import org.sparkautoencoder.exchange.WireFormat.Request;

/** An executor's connection to the driver, for all workers of one attempt in it. */
final class ExecutorClient implements DriverLink {
    private final ExchangeHandle ticket;
    private final ExchangeHandle.Address run;
    private final WorkerRank place;
    private Channels.Connecting connecting;
    private TransportClient client;
    private StepExchange stepExchange;
    private PendingRequest pending;
    private long number;
    private int epoch;
    private float[] parameters;
    private float[] velocity;
    private volatile boolean stopRequested;
    private boolean closed;

    ExecutorClient(ExchangeHandle ticket, WorkerRank place) {
        this.ticket = ticket;
        this.run = ticket.address();
        this.place = place;
    }

    /** What this JVM's executor is called in messages. */
    static String name() {
        return "executor " + SparkEnv.get().executorId() + " on " + Machine.host();
    }

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

    WorkerRank place() {
        return place;
    }

    TransportClient client() {
        return client;
    }

    /** What is exchanged with other executors in a step; null where there are none. */
    StepExchange stepExchange() {
        return stepExchange;
    }

    /** The header of a request of this executor's. */
    Request request(int kind, int block, boolean finite, long number) {
        int flags = finite ? 0 : WireFormat.NOT_FINITE;
        return new Request(kind, place.attempt(), place.executor(), block, flags, run.key(), number);
    }

    /** Connects, proves that it knows the run's secret, and joins the attempt. */
    @Override
    public boolean begin(int[] shards) {
        connect();
        pending = new PendingRequest(run);
        JoinRequest join = new JoinRequest(
                place.attempt(),
                place.executor(),
                place.executors(),
                place.workers(),
                SparkEnv.get().executorId(),
                Machine.host(),
                Machine.arithmetic(),
                Arrays.stream(shards).boxed().toList());
        ByteBuffer out = ByteBuffer.allocate(WireFormat.REQUEST + 4_096 + 4 * shards.length);
        out.order(ByteOrder.LITTLE_ENDIAN);
        request(WireFormat.JOIN, 0, true, number++).write(out);
        join.write(out);
        run.secret().seal(out);
        pending.send(client, out.flip(), this::readBeginning);
        return pending.await() != WireFormat.STOP;
    }

    private synchronized void connect() {
        if (closed) {
            throw new AttemptFailedException("another worker of this executor failed");
        }
        connecting = Channels.connect(
                SparkEnv.get(), ticket.runId(), run.secret(), run.timeoutSeconds(), new DriverMessages());
        try {
            client = connecting.factory().createClient(run.host(), run.port());
        } catch (IOException | RuntimeException e) {
            throw new AttemptFailedException(name() + " cannot reach the exchange on the driver, " + run + " ("
                    + reason(e) + "); open that port, fixed by --exchange-port, or set spark.driver.host to a name that"
                    + " executors reach");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AttemptFailedException("a worker was interrupted");
        }
    }

    private void readBeginning(ByteBuffer in) {
        BeginResponse begin = BeginResponse.read(in);
        epoch = begin.epoch();
        parameters = new float[run.layers().parameters()];
        velocity = new float[in.getInt()];
        FloatBuffer values = in.asFloatBuffer();
        values.get(parameters).get(velocity);
        if (place.executors() > 1) {
            ShardPlacement placement = new ShardPlacement(begin.shards().toArray(int[][]::new), run.shards());
            stepExchange = begin.dense() ? new GradientExchange(this, placement) : new FactorExchange(this, placement);
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
        ask(out.putInt(step).flip());
    }

    // The driver has no other way to the state than to be sent it, unless it makes the update itself.
    @Override
    public Next endEpoch(EpochReport report, boolean evaluated) {
        boolean state = !evaluated && place.executor() == 0 && velocity.length > 0;
        int values = state ? 2 * parameters.length : 0;
        ByteBuffer out = ByteBuffer.allocate(
                        Math.addExact(WireFormat.REQUEST + report.bytes(), Math.multiplyExact(4, values)))
                .order(ByteOrder.LITTLE_ENDIAN);
        request(evaluated ? WireFormat.EVALUATED : WireFormat.TRAINED, 0, true, number++)
                .write(out);
        report.write(out);
        if (state) {
            out.asFloatBuffer().put(parameters).put(velocity);
            out.position(out.limit());
        }
        return switch (ask(out.flip())) {
            case WireFormat.EVALUATE -> Next.EVALUATE;
            case WireFormat.STOP -> Next.STOP;
            default -> Next.CONTINUE;
        };
    }

    private int ask(ByteBuffer request) {
        pending.send(client, request, in -> {});
        return pending.await();
    }

    /** Sends a request for which all executors wait; by one worker at a time. */
    long nextNumber() {
        return number++;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (connecting != null) {
            connecting.close();
            connecting = null;
        }
    }

    /** Takes what the driver says by itself. On the channel's thread. */
    private final class DriverMessages extends RpcHandler {
        private final StreamManager noStreams = new NoOpRpcHandler().getStreamManager();

        @Override
        public void receive(TransportClient from, ByteBuffer message) {
            if (WireFormat.isStop(message, run.key())) {
                stopRequested = true;
            }
        }

        @Override
        public void receive(TransportClient from, ByteBuffer message, RpcResponseCallback callback) {
            callback.onFailure(new UnsupportedOperationException("an executor answers no requests"));
        }

        @Override
        public StreamManager getStreamManager() {
            return noStreams;
        }
    }
}
