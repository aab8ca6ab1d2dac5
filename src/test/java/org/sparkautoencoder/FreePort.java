package org.sparkautoencoder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of the loopback address that nobody listens on. */
public final class FreePort {
    // Below the ports that systems give to connections (from 32,768 on with Linux, from 49,152 on elsewhere): one of
    // those is soon the near end of somebody's connection, and then nobody can listen there.
    private static final int FIRST = 15_000;
    private static final int PORTS = 15_000;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 31 % PORTS));

    private FreePort() {}

    /** Another one each time. */
    public static int find() {
        for (int i = 0; i < PORTS; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: the next one
            }
        }
        throw new IllegalStateException("no port is free from " + FIRST + " to " + (FIRST + PORTS - 1));
    }
}
