package org.sparkautoencoder.exchange;

import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.sparkautoencoder.exchange.WireFormat.Request;

/** The driver's RPC server, shared by all runs that train at the same time on one port. Thread-safe. */
final class ExchangeServer extends RpcHandler implements AutoCloseable {
    private static final long REBIND_NANOS = 2_000_000_000L;
    private static final Map<Integer, ExchangeServer> OPEN = new HashMap<>();

    private final int requestedPort;
    private final Map<String, RemoteRun> runs = new ConcurrentHashMap<>();
    private final ConnectionGuard.RejectedConnections rejections = new ConnectionGuard.RejectedConnections();
    private final StreamManager noStreams = new NoOpRpcHandler().getStreamManager();
    private final Channels.Server server;

    private ExchangeServer(SparkEnv spark, int port, int timeoutSeconds) {
        this.requestedPort = port;
        String address = spark.conf().get("spark.driver.bindAddress", host(spark));
        this.server = Channels.listen(
                spark,
                address,
                port,
                timeoutSeconds,
                this,
                this::secret,
                new ConnectionGuard(rejections, this::maxExecutors));
    }

    /** Registers a run at the server of a port; the first run starts the server, the last one closes it. */
    static ExchangeServer open(SparkEnv spark, int port, int timeoutSeconds, RemoteRun run) {
        synchronized (OPEN) {
            ExchangeServer server = OPEN.get(port);
            if (server == null) {
                server = listen(spark, port, timeoutSeconds);
                OPEN.put(port, server);
            }
            server.runs.put(run.runId(), run);
            return server;
        }
    }

    // The operating system may free a port shortly after the previous run has closed it.
    private static ExchangeServer listen(SparkEnv spark, int port, int timeoutSeconds) {
        long deadline = System.nanoTime() + REBIND_NANOS;
        while (true) {
            try {
                return new ExchangeServer(spark, port, timeoutSeconds);
            } catch (Exception e) { // Netty throws BindException unchecked
                if (!(e instanceof BindException) || System.nanoTime() - deadline > 0) {
                    throw new IllegalArgumentException(
                            "the exchange cannot listen on port " + port + " of "
                                    + spark.conf().get("spark.driver.bindAddress", host(spark)) + ": "
                                    + e.getMessage() + "; choose another --exchange-port",
                            e);
                }
                LockSupport.parkNanos(REBIND_NANOS / 40);
            }
        }
    }

    /** The host name by which executors reach the driver. */
    static String host(SparkEnv spark) {
        return spark.conf().get("spark.driver.host", "localhost");
    }

    int port() {
        return server.server().getPort();
    }

    void unregister(RemoteRun run) {
        synchronized (OPEN) {
            runs.remove(run.runId(), run);
            if (runs.isEmpty()) {
                OPEN.remove(requestedPort, this);
                close();
            }
        }
    }

    private int maxExecutors() {
        return runs.values().stream().mapToInt(RemoteRun::maxExecutors).sum();
    }

    private Secret secret(String runId) {
        RemoteRun run = runs.get(runId);
        return run == null ? null : run.secret();
    }

    // Spark's handshake has set the client's id to the id of the run whose secret it has.
    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
        message.order(ByteOrder.LITTLE_ENDIAN);
        RemoteRun run = client.getClientId() == null ? null : runs.get(client.getClientId());
        ByteBuffer frame = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        Request request = Request.read(message);
        String error = run == null
                ? "its run has ended"
                : request == null
                        ? "not a message of the exchange"
                        : run.receive(client, request, message, frame, callback);
        if (error != null) {
            rejections.record(client.getSocketAddress(), error);
            callback.onFailure(new IllegalArgumentException("rejected: " + error));
        }
    }

    @Override
    public void channelInactive(TransportClient client) {
        RemoteRun run = client.getClientId() == null ? null : runs.get(client.getClientId());
        if (run != null) {
            run.connectionLost(client);
        }
    }

    @Override
    public StreamManager getStreamManager() {
        return noStreams;
    }

    @Override
    public void close() {
        server.close();
    }
}
