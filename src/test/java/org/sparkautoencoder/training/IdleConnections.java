package org.sparkautoencoder.training;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Keeps so many connections to a port open that send nothing, and replaces those that are closed at the other end. */
final class IdleConnections implements AutoCloseable {
    private static final long PAUSE_NANOS = 1_000_000;

    private final InetSocketAddress target;
    private final int number;
    private final Selector selector;
    private final long filesBefore = files();
    private final Thread thread;
    private final AtomicInteger opened = new AtomicInteger();
    private volatile long mostAtTheOtherEnd;
    private volatile boolean closed;

    /** @param port of this machine; the other end is in this process */
    IdleConnections(int port, int number) {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.number = number;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = new Thread(this::keepOpen, "idle connections");
        thread.setDaemon(true);
        thread.start();
    }

    /** How many have been opened so far. */
    int opened() {
        return opened.get();
    }

    /** The largest number of files that this process had open besides those at this end. */
    long mostAtTheOtherEnd() {
        return mostAtTheOtherEnd;
    }

    private void keepOpen() {
        try {
            while (!closed) {
                for (int i = 0; i < 10 && selector.keys().size() < number; i++) {
                    open();
                }
                selector.selectNow(IdleConnections::closeIfEnded);
                mostAtTheOtherEnd = Math.max(
                        mostAtTheOtherEnd,
                        files() - filesBefore - selector.keys().size());
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.connect(target);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            opened.incrementAndGet();
        } catch (IOException e) { // nobody listens between two trainings
            channel.close();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void closeIfEnded(SelectionKey key) {
        try {
            if (((SocketChannel) key.channel()).read(ByteBuffer.allocate(64)) < 0) {
                key.channel().close();
            }
        } catch (IOException e) {
            key.cancel();
            try {
                key.channel().close();
            } catch (IOException ignored) {
                // closed by the other end
            }
        }
    }

    private static long files() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
