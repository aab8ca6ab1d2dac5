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
 * A run whose workers come over the network: takes their requests on the channels' threads, which never wait, and does all
 * that takes time on a thread of its own, in order. That thread alone touches the coordinator's parameters.
 */
final class RemoteRun implements AutoCloseable {
    // Where executors reach the driver by another port than the one it listens on: behind a port mapping.
    private static final String ADVERTISED_PORT = "spark.exchange.advertisedPort";
    private static final long CHECK_MILLIS = 100;

    private final Coordinator coordinator;
    private final Encoding encoding;
    private final int timeoutSeconds;
    private final Secret secret = Secret.random();
    private final long key = new SecureRandom().nextLong();
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final ExecutorService pool;
    private final AtomicLong received = new AtomicLong();
    private final ExchangeServer server;
    private final ExchangeHandle ticket;
    private volatile StageAttempt attempt;
    private volatile boolean closed;

    RemoteRun(Coordinator coordinator, ExchangeSettings settings, SparkEnv spark) {
        this.coordinator = coordinator;
        this.encoding = settings.encoding();
        this.timeoutSeconds = settings.timeoutSeconds();
        this.thread = new Thread(this::work, "exchange of " + coordinator.runId());
        thread.setDaemon(true);
        this.pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread one = new Thread(task, "update of " + coordinator.runId());
            one.setDaemon(true);
            return one;
        });
        this.server = ExchangeServer.open(spark, settings.port(), settings.timeoutSeconds(), this);
        this.ticket = new ExchangeHandle(
                coordinator.runId(),
                new ExchangeHandle.Address(
                        ExchangeServer.host(spark),
                        spark.conf().getInt(ADVERTISED_PORT, server.port()),
                        secret,
                        key,
                        coordinator.blocks(),
                        coordinator.shards(),
                        coordinator.mostRows(),
                        timeoutSeconds,
                        settings.topology()));
        thread.start();
    }

    String runId() {
        return coordinator.runId();
    }

    /** What stands in each message of the run. */
    long key() {
        return key;
    }

    Secret secret() {
        return secret;
    }

    ExchangeHandle ticket() {
        return ticket;
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

    RejectedConnections refusals() {
        return server.refusals();
    }

    /** Does something on any of a few threads, one for each of the driver's cores. */
    void parallel(Runnable task) {
        pool.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        });
    }

    /** Counts a request of an executor that has joined. */
    void count() {
        received.incrementAndGet();
    }

    /** How many requests there were of executors that have joined. */
    long received() {
        return received.get();
    }

    /** The training is to end. From any thread. */
    void requestStop() {
        StageAttempt now = attempt;
        if (now != null) {
            now.requestStop();
        }
    }

    /** Does something on the run's thread, after all that it was given before. */
    void later(Runnable task) {
        work.add(task);
    }

    /** A request of an executor's; what is wrong with it, or null. On the channel's thread. */
    String receive(
            TransportClient client,
            Request request,
            ByteBuffer payload,
            ByteBuffer whole,
            RpcResponseCallback callback) {
        if (request.key() != key) {
            return "another run's key";
        }
        if (request.kind() == WireFormat.JOIN) {
            if (!secret.sealed(whole)) {
                return "an executor's first message without the run's seal";
            }
            try {
                JoinRequest join = JoinRequest.read(request, payload);
                ConnectionGuard.known(client);
                later(() -> join(client, join, callback));
                return null;
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                return "a malformed message";
            }
        }
        StageAttempt now = attempt;
        if (now == null || request.attempt() != now.number()) {
            return "attempt " + request.attempt() + " is not the one that runs";
        }
        return now.receive(client, request, payload, callback);
    }

    /** A connection is gone. On the channel's thread. */
    void lost(TransportClient client) {
        StageAttempt now = attempt;
        if (now != null) {
            now.lost(client);
        }
    }

    private void join(TransportClient client, JoinRequest request, RpcResponseCallback callback) {
        if (attempt == null || attempt.number() < request.attempt()) {
            if (attempt != null) {
                attempt.fail("attempt " + request.attempt() + " has begun");
            }
            coordinator.restart(request.attempt());
            attempt = new StageAttempt(this, request.attempt(), request.executors(), request.workers());
        }
        attempt.join(client, request, callback);
    }

    private void work() {
        while (!closed) {
            try {
                Runnable task = work.poll(CHECK_MILLIS, TimeUnit.MILLISECONDS);
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
        coordinator.failed("the driver's side of the exchange failed: " + e);
        StageAttempt now = attempt;
        if (now != null) {
            now.fail("the driver's side of the exchange failed: " + e);
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
            last.fail("the driver has ended the run");
        }
        pool.shutdownNow();
        server.leave(this);
    }
}
