package org.sparkautoencoder.exchange;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.sparkautoencoder.exchange.WireFormat.Request;

/**
 * A run whose workers connect over the network. The channels' threads accept requests and never block; longer work runs in
 * order on the run's own thread, the only one that writes the coordinator's state between attempts.
 */
final class RemoteRun implements AutoCloseable {
    // The port that executors connect to, if a port mapping makes it another than the one listened on.
    private static final String ADVERTISED_PORT = "spark.exchange.advertisedPort";
    private static final long POLL_MILLIS = 100;

    private final Coordinator coordinator;
    private final Encoding encoding;
    private final int maxRows;
    private final int timeoutSeconds;
    private final Secret secret = Secret.random();
    private final long key = new SecureRandom().nextLong();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final ExecutorService pool;
    private final AtomicLong requestsReceived = new AtomicLong();
    private final ExchangeServer server;
    private final ExchangeHandle handle;
    private volatile StageAttempt attempt;
    private volatile boolean closed;

    RemoteRun(Coordinator coordinator, ExchangeSettings settings, int maxRows, SparkEnv spark) {
        this.coordinator = coordinator;
        this.encoding = settings.encoding();
        this.maxRows = maxRows;
        this.timeoutSeconds = settings.timeoutSeconds();
        this.thread = new Thread(this::runTasks, "exchange of " + coordinator.runId());
        thread.setDaemon(true);
        this.pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread updater = new Thread(task, "update of " + coordinator.runId());
            updater.setDaemon(true);
            return updater;
        });
        this.server = ExchangeServer.open(spark, settings.port(), settings.timeoutSeconds(), this);
        this.handle = new ExchangeHandle(
                coordinator.runId(),
                new ExchangeHandle.Address(
                        ExchangeServer.host(spark),
                        spark.conf().getInt(ADVERTISED_PORT, server.port()),
                        secret,
                        key,
                        coordinator.blocks(),
                        coordinator.shards(),
                        maxRows,
                        timeoutSeconds,
                        settings.topology()));
        thread.start();
    }

    String runId() {
        return coordinator.runId();
    }

    /** Identifies the run in each message. */
    long key() {
        return key;
    }

    Secret secret() {
        return secret;
    }

    ExchangeHandle handle() {
        return handle;
    }

    /** The largest number of a shard's rows in a minibatch. */
    int maxRows() {
        return maxRows;
    }

    /** The largest number of executors that take part: each has a shard at least. */
    int maxExecutors() {
        return coordinator.shards();
    }

    Encoding encoding() {
        return encoding;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    long timeoutNanos() {
        return TimeUnit.SECONDS.toNanos(timeoutSeconds);
    }

    /** Runs a task in a pool with one thread for each of the driver's cores. */
    void runInPool(Runnable task) {
        pool.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        });
    }

    /** Counts a request of an executor that has joined. */
    void countRequest() {
        requestsReceived.incrementAndGet();
    }

    /** The number of requests from executors that have joined. */
    long requestsReceived() {
        return requestsReceived.get();
    }

    /** Requests the training to stop. Any thread. */
    void requestStop() {
        StageAttempt current = attempt;
        if (current != null) {
            current.requestStop();
        }
    }

    /** Appends a task to the queue of the run's thread. */
    void enqueue(Runnable task) {
        tasks.add(task);
    }

    /** Accepts an executor's request; returns an error or null. On the channel's thread. */
    String receive(
            TransportClient client,
            Request request,
            ByteBuffer payload,
            ByteBuffer frame,
            RpcResponseCallback callback) {
        if (request.key() != key) {
            return "the key of another run";
        }
        if (request.kind() == WireFormat.JOIN) {
            if (!secret.hasValidMac(frame)) {
                return "a join request without a valid MAC";
            }
            try {
                JoinRequest join = JoinRequest.read(request, payload);
                ConnectionGuard.markAuthenticated(client);
                enqueue(() -> join(client, join, callback));
                return null;
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                return "a malformed message";
            }
        }
        StageAttempt current = attempt;
        if (current == null || request.attempt() != current.number()) {
            return "attempt " + request.attempt() + " is not running";
        }
        return current.receive(client, request, payload, callback);
    }

    /** A connection has closed. On the channel's thread. */
    void connectionLost(TransportClient client) {
        StageAttempt current = attempt;
        if (current != null) {
            current.connectionLost(client);
        }
    }

    private void join(TransportClient client, JoinRequest request, RpcResponseCallback callback) {
        if (attempt == null || attempt.number() < request.attempt()) {
            if (attempt != null) {
                attempt.fail("attempt " + request.attempt() + " has started");
            }
            coordinator.startAttempt(request.attempt());
            attempt = new StageAttempt(this, request.attempt(), request.executors(), request.workers());
        }
        attempt.join(client, request, callback);
    }

    private void runTasks() {
        while (!closed) {
            try {
                Runnable task = tasks.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (task != null) {
                    task.run();
                }
                if (attempt != null) {
                    attempt.checkTimeLimit();
                }
            } catch (InterruptedException e) {
                return; // closed
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
    }

    private void failed(Throwable e) {
        coordinator.attemptFailed("the driver's side of the exchange failed: " + e);
        StageAttempt current = attempt;
        if (current != null) {
            current.fail("the driver's side of the exchange failed: " + e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(timeoutNanos() / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        StageAttempt last = attempt;
        if (last != null) {
            last.fail("the driver has closed the run");
        }
        pool.shutdownNow();
        server.unregister(this);
    }
}
