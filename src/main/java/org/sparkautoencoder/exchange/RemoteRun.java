package org.sparkautoencoder.exchange;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.sparkautoencoder.exchange.Frame.Question;

/**
 * A run whose workers come over the network: takes their questions on the channels' threads, which never wait, and does all
 * that takes time on a thread of its own, in order. That thread alone touches the coordinator's parameters.
 */
final class RemoteRun implements AutoCloseable {
    // Where executors reach the driver by another port than the one it listens on: behind a port mapping.
    private static final String ADVERTISED_PORT = "spark.exchange.advertisedPort";
    private static final long LOOK_MILLIS = 100;

    private final Coordinator coordinator;
    private final Encoding encoding;
    private final int timeoutSeconds;
    private final Secret secret = Secret.random();
    private final long key = new SecureRandom().nextLong();
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final ExchangeServer server;
    private final Ticket ticket;
    private volatile Attempt attempt;
    private volatile boolean closed;

    RemoteRun(Coordinator coordinator, ExchangeSettings settings, Encoding encoding, SparkEnv spark) {
        this.coordinator = coordinator;
        this.encoding = encoding;
        this.timeoutSeconds = settings.timeoutSeconds();
        this.thread = new Thread(this::work, "exchange of " + coordinator.runId());
        thread.setDaemon(true);
        this.server = ExchangeServer.open(spark, settings.port(), settings.timeoutSeconds(), this);
        this.ticket = new Ticket(
                coordinator.runId(),
                new Ticket.Address(
                        ExchangeServer.host(spark),
                        spark.conf().getInt(ADVERTISED_PORT, server.port()),
                        secret,
                        key,
                        encoding,
                        coordinator.layers(),
                        coordinator.momentum(),
                        coordinator.shards(),
                        coordinator.mostRows(),
                        timeoutSeconds));
        thread.start();
    }

    String runId() {
        return coordinator.runId();
    }

    Secret secret() {
        return secret;
    }

    Ticket ticket() {
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

    Refusals refusals() {
        return server.refusals();
    }

    /** Does something on the run's thread, after all that it was given before. */
    void later(Runnable task) {
        work.add(task);
    }

    /** A question of a worker's; what is wrong with it, or null. On the channel's thread. */
    String receive(
            TransportClient client,
            Question question,
            ByteBuffer payload,
            ByteBuffer whole,
            RpcResponseCallback callback) {
        if (question.key() != key) {
            return "another run's key";
        }
        if (question.kind() == Frame.JOIN) {
            if (!secret.sealed(whole)) {
                return "an executor's first message without the run's seal";
            }
            try {
                Joining joining = Joining.read(question, payload);
                Doorkeeper.known(client);
                later(() -> join(client, joining, callback));
                return null;
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                return "a malformed message";
            }
        }
        Attempt now = attempt;
        if (now == null || question.attempt() != now.number()) {
            return "attempt " + question.attempt() + " is not the one that runs";
        }
        return now.receive(client, question, payload, callback);
    }

    /** A connection is gone. On the channel's thread. */
    void lost(TransportClient client) {
        Attempt now = attempt;
        if (now != null) {
            now.lost(client);
        }
    }

    private void join(TransportClient client, Joining joining, RpcResponseCallback callback) {
        if (attempt == null || attempt.number() < joining.attempt()) {
            if (attempt != null) {
                attempt.breakUp("attempt " + joining.attempt() + " has begun");
            }
            coordinator.restart(joining.attempt());
            attempt = new Attempt(this, joining.attempt(), joining.executors(), joining.workers());
        }
        attempt.join(client, joining, callback);
    }

    private void work() {
        while (!closed) {
            try {
                Runnable task = work.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (task != null) {
                    task.run();
                }
                if (attempt != null) {
                    attempt.look();
                }
            } catch (InterruptedException e) {
                return; // closed
            } catch (RuntimeException | Error e) {
                coordinator.failed("the driver's side of the exchange failed: " + e);
                if (attempt != null) {
                    attempt.breakUp("the driver's side of the exchange failed: " + e);
                }
            }
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
        Attempt last = attempt;
        if (last != null) {
            last.breakUp("the driver has ended the run");
        }
        server.leave(this);
    }

    /**
     * An executor's first question.
     *
     * @param host where it runs
     * @param blas what it computes with, and on what processor
     * @param shards those of its workers
     */
    record Joining(
            int attempt,
            int executor,
            int executors,
            int workers,
            String id,
            String host,
            String blas,
            List<Integer> shards) {
        static Joining read(Question question, ByteBuffer in) {
            int executors = in.getInt();
            int workers = in.getInt();
            String id = Frame.take(in);
            String host = Frame.take(in);
            String blas = Frame.take(in);
            int n = in.getInt();
            if (n < 0 || 4L * n + Secret.SEAL != in.remaining()) {
                throw new IllegalArgumentException(n + " shards in " + in.remaining() + " bytes");
            }
            List<Integer> shards = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                shards.add(in.getInt());
            }
            return new Joining(question.attempt(), question.executor(), executors, workers, id, host, blas, shards);
        }

        void write(ByteBuffer out) {
            out.putInt(executors).putInt(workers);
            Frame.put(out, id);
            Frame.put(out, host);
            Frame.put(out, blas);
            out.putInt(shards.size());
            for (int shard : shards) {
                out.putInt(shard);
            }
        }
    }
}
