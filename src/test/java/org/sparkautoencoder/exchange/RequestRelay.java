package org.sparkautoencoder.exchange;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.sparkautoencoder.exchange.WireFormat.Request;

/** Stands between executors and driver, and runs an action once, before a given request passes. Not for encrypted channels. */
public final class RequestRelay implements AutoCloseable {
    /** What executors ask the driver for. */
    public enum Kind {
        /** To add up the gradient of a block, or to pass on the factors of a step. */
        STEP,
        /** To end an evaluation. */
        EVALUATED;

        private boolean is(int kind) {
            return this == STEP
                    ? kind == WireFormat.GRADIENT || kind == WireFormat.FACTORS
                    : kind == WireFormat.EVALUATED;
        }
    }

    private static final int RPC_REQUEST = 3; // a message type of Spark's
    private static final int BODY = 1 + 8 + 4; // after the message type, the request's id and the body's length

    private final ServerSocket listening;
    private final int target;
    private final Kind kind;
    private final int nth;
    private final Runnable action;
    private final AtomicInteger seen = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /**
     * Listens.
     *
     * @param target the driver's port
     * @param nth which request of the kind, from 1, counted over all connections
     */
    public RequestRelay(int target, Kind kind, int nth, Runnable action) {
        this.target = target;
        this.kind = kind;
        this.nth = nth;
        this.action = action;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    /** The port that executors must connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket executor = listening.accept();
            Socket driver = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.addAll(List.of(executor, driver));
            executor.setTcpNoDelay(true);
            driver.setTcpNoDelay(true);
            thread(() -> {
                try (executor;
                        driver) {
                    driver.getInputStream().transferTo(executor.getOutputStream());
                }
            });
            thread(() -> {
                try (executor;
                        driver) {
                    passRequests(executor, driver);
                }
            });
        }
    }

    private void passRequests(Socket executor, Socket driver) throws IOException {
        DataInputStream in = new DataInputStream(executor.getInputStream());
        while (true) {
            long length = in.readLong(); // of the frame, with these 8 bytes
            ByteBuffer frame = ByteBuffer.allocate(Math.toIntExact(length)).putLong(length);
            in.readFully(frame.array(), 8, (int) length - 8);
            if (kind.is(kindOf(frame)) && seen.incrementAndGet() == nth) {
                action.run();
            }
            driver.getOutputStream().write(frame.array());
        }
    }

    private static int kindOf(ByteBuffer frame) {
        if (frame.get() != RPC_REQUEST) {
            return 0;
        }
        ByteBuffer body = frame.position(8 + BODY).slice().order(ByteOrder.LITTLE_ENDIAN);
        Request request = Request.read(body);
        return request == null ? 0 : request.kind();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one side is gone
                    }
                },
                "request relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
