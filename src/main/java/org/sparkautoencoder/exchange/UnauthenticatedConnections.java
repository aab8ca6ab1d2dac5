package org.sparkautoencoder.exchange;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Limits the connections of peers that have not authenticated, so that they leave files to the rest of the driver, which may
 * have no more than 1,024. If there are too many, an old one is closed and not the new one refused: an executor authenticates
 * within milliseconds, so it is let in also while strangers connect all the time. Those that have sent nothing and those that
 * have are counted apart, so that idle ones do not displace an executor that is authenticating. Thread-safe.
 */
final class UnauthenticatedConnections {
    // Of each kind, besides one for each executor, since all executors may connect at once.
    private static final int MAX_CONNECTIONS = 64;

    // Accepted and not yet opened. More wait in the operating system's queue, where they take no files.
    private static final int MAX_ACCEPTED = 16;

    private final Set<Channel> silent = new LinkedHashSet<>(); // oldest first
    private final Set<Channel> talking = new LinkedHashSet<>();
    private final Set<Channel> accepted = new HashSet<>();

    /**
     * A connection has been opened.
     *
     * @param executors the number of executors that may connect at the same time
     * @return the connection that must be closed, or null
     */
    synchronized Channel opened(Channel channel, int executors) {
        limitAccepted(channel);
        return add(silent, channel, MAX_CONNECTIONS + executors);
    }

    /** The first bytes of an unauthenticated peer have arrived; the rest as in {@link #opened}. */
    synchronized Channel received(Channel channel, int executors) {
        return silent.remove(channel) ? add(talking, channel, MAX_CONNECTIONS + executors) : null;
    }

    private static Channel add(Set<Channel> channels, Channel newest, int limit) {
        channels.removeIf(channel -> ConnectionGuard.isAuthenticated(channel) || !channel.isOpen());
        Channel surplus = channels.size() < limit ? null : oldestOfMostFrequentAddress(channels);
        channels.remove(surplus);
        channels.add(newest);
        return surplus;
    }

    // Strangers on one machine do not displace executors on others.
    private static Channel oldestOfMostFrequentAddress(Set<Channel> channels) {
        Map<Object, Integer> counts = new HashMap<>();
        channels.forEach(channel -> counts.merge(address(channel), 1, Integer::sum));
        int most = counts.values().stream().max(Integer::compare).orElseThrow();
        return channels.stream()
                .filter(channel -> counts.get(address(channel)) == most)
                .findFirst()
                .orElseThrow();
    }

    private static Object address(Channel channel) {
        SocketAddress remote = channel.remoteAddress();
        return remote instanceof InetSocketAddress internet && !internet.isUnresolved()
                ? internet.getAddress()
                : String.valueOf(remote); // null if the peer has gone at once
    }

    private void limitAccepted(Channel opened) {
        Channel server = opened.parent();
        if (server == null) {
            return;
        }
        if (server.pipeline().get(Acceptor.class) == null) {
            server.pipeline().addFirst(new Acceptor());
        }
        if (accepted.remove(opened) && accepted.size() < MAX_ACCEPTED) {
            server.config().setAutoRead(true);
        }
    }

    /** In the pipeline of the listening channel. */
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            synchronized (UnauthenticatedConnections.this) {
                if (message instanceof Channel channel) {
                    accepted.add(channel);
                }
                if (accepted.size() >= MAX_ACCEPTED) {
                    context.channel().config().setAutoRead(false);
                }
            }
            context.fireChannelRead(message);
        }
    }
}
