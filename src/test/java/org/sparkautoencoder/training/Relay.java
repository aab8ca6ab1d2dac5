package org.sparkautoencoder.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between executors and driver, keeps what passes, and can disturb it once. */
final class Relay implements AutoCloseable {
    /** What happens when so many bytes have passed. */
    enum Disturbance {
        NONE,
        /** The connection is closed. */
        CUT,
        /** The connection stays, but nothing passes any more. */
        STALL,
        /** So does every second connection, when so many bytes have passed on it in one direction. */
        STALL_EVERY_SECOND,
        /** Each piece takes a while. */
        SLOW
    }

    private static final int MOST_KEPT = 64 << 20;

    private final ServerSocket listening;
    private final int target;
    private final Disturbance disturbance;
    private final long after;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicInteger disturbed = new AtomicInteger();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Listens.
     *
     * @param target the driver's port
     * @param after how many bytes pass before the disturbance
     */
    Relay(int target, Disturbance disturbance, long after) {
        this.target = target;
        this.disturbance = disturbance;
        this.after = after;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What has passed, in both directions. */
    byte[] kept() {
        synchronized (kept) {
            return kept.toByteArray();
        }
    }

    int connections() {
        return connections.get();
    }

    boolean disturbed() {
        return disturbed.get() > 0;
    }

    private void accept() {
        try {
            while (true) {
                Socket inner = listening.accept();
                boolean second = connections.incrementAndGet() % 2 == 0;
                Socket outer = new Socket(InetAddress.getLoopbackAddress(), target);
                inner.setTcpNoDelay(true);
                outer.setTcpNoDelay(true);
                synchronized (sockets) {
                    sockets.add(inner);
                    sockets.add(outer);
                }
                thread(() -> pass(inner, outer, second));
                thread(() -> pass(outer, inner, second));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pass(Socket from, Socket to, boolean second) {
        byte[] piece = new byte[8_192];
        long own = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                own += n;
                if (disturbance == Disturbance.STALL_EVERY_SECOND) {
                    if (second && own > after) {
                        disturbed.incrementAndGet();
                        Thread.sleep(Long.MAX_VALUE);
                    }
                } else if (passed.addAndGet(n) > after && disturbance != Disturbance.NONE) {
                    int times = disturbed.incrementAndGet();
                    if (times == 1 && disturbance != Disturbance.SLOW) {
                        out.write(piece, 0, n / 2); // in the middle of a frame
                        out.flush();
                        if (disturbance == Disturbance.CUT) {
                            return;
                        }
                        Thread.sleep(Long.MAX_VALUE);
                    }
                    if (disturbance == Disturbance.SLOW && times < 500) {
                        Thread.sleep(2);
                    }
                }
                synchronized (kept) {
                    if (kept.size() < MOST_KEPT) {
                        kept.write(piece, 0, n);
                    }
                }
                out.write(piece, 0, n);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // the other side is gone
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            synchronized (sockets) {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
