package org.sparkautoencoder.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportResponseHandler;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.TransportFrameDecoder;
import org.junit.jupiter.api.Test;

/**
 * What a stranger sends reaches none of Spark's handlers, also before the event loop has run any other task, and strangers do
 * not use up the driver's connections.
 */
final class ConnectionGuardTest {
    private static final int EXECUTORS = 3;
    private static final int LIMIT = 64 + EXECUTORS;

    private final AtomicInteger reached = new AtomicInteger();
    private final ConnectionGuard.RejectedConnections rejections = new ConnectionGuard.RejectedConnections();
    private final ConnectionGuard guard = new ConnectionGuard(rejections, () -> EXECUTORS);

    /** A channel whose handlers stand as Spark sets them up. */
    private EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel();
        guard.doBootstrap(channel, new NoOpRpcHandler());
        channel.pipeline().addLast("frameDecoder", new TransportFrameDecoder());
        channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                reached.incrementAndGet();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                reached.incrementAndGet();
            }
        });
        return channel;
    }

    @Test
    void firstBytes_malformed_closeTheConnectionAndReachNoHandler() {
        EmbeddedChannel channel = channel();
        channel.pipeline().fireChannelRead(Unpooled.copyLong(-1));
        channel.runPendingTasks();
        assertThat(reached).hasValue(0);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void firstEvent_resetConnection_reachesNoHandler() {
        EmbeddedChannel channel = channel();
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        channel.runPendingTasks();
        assertThat(reached).hasValue(0);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void connections_moreUnauthenticatedThanTheLimit_closeTheOldest() {
        List<EmbeddedChannel> all = IntStream.range(0, 3 * LIMIT)
                .mapToObj(i -> connection("10.0.0.1"))
                .toList();
        assertThat(all.subList(0, 2 * LIMIT)).noneMatch(EmbeddedChannel::isOpen);
        assertThat(all.subList(2 * LIMIT, 3 * LIMIT)).allMatch(EmbeddedChannel::isOpen);
        assertThat(rejections.count()).isEqualTo(2 * LIMIT);
    }

    @Test
    void connections_authenticated_areNotCountedAndStay() {
        List<EmbeddedChannel> executors = IntStream.range(0, 2 * LIMIT)
                .mapToObj(i -> {
                    EmbeddedChannel executor = connection("10.0.0.1");
                    ConnectionGuard.markAuthenticated(
                            new TransportClient(executor, new TransportResponseHandler(executor)));
                    return executor;
                })
                .toList();
        for (int i = 0; i < LIMIT; i++) {
            assertThat(connection("10.0.0.2").isOpen()).isTrue();
        }
        assertThat(executors).allMatch(EmbeddedChannel::isOpen);
        assertThat(rejections.count()).isZero();
    }

    @Test
    void connections_manyIdle_displaceNoneThatHasSentSomething() {
        EmbeddedChannel executor = talking("10.0.0.1");
        for (int i = 0; i < 3 * LIMIT; i++) {
            connection("10.0.0.1");
        }
        assertThat(executor.isOpen()).isTrue();
    }

    @Test
    void connections_moreUnauthenticatedThatHaveSentSomething_closeTheOldest() {
        List<EmbeddedChannel> all =
                IntStream.range(0, 2 * LIMIT).mapToObj(i -> talking("10.0.0.1")).toList();
        assertThat(all.subList(0, LIMIT)).noneMatch(EmbeddedChannel::isOpen);
        assertThat(all.subList(LIMIT, 2 * LIMIT)).allMatch(EmbeddedChannel::isOpen);
    }

    @Test
    void connections_manyFromOneAddress_displaceNoneOfAnother() {
        EmbeddedChannel executor = connection("10.0.0.1");
        for (int i = 0; i < 3 * LIMIT; i++) {
            connection("10.0.0.2");
        }
        assertThat(executor.isOpen()).isTrue();
    }

    private EmbeddedChannel talking(String address) {
        EmbeddedChannel channel = connection(address);
        channel.pipeline().fireChannelRead(Unpooled.copyLong(17));
        return channel;
    }

    private EmbeddedChannel connection(String address) {
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(address, 1);
            }
        };
        guard.doBootstrap(channel, new NoOpRpcHandler());
        return channel;
    }
}
