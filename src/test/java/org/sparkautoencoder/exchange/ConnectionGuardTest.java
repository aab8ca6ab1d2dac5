package org.sparkautoencoder.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.TransportFrameDecoder;
import org.junit.jupiter.api.Test;

/** What a stranger sends reaches none of Spark's handlers, also before the event loop has run any other task. */
final class ConnectionGuardTest {
    private final AtomicInteger reached = new AtomicInteger();
    private final ConnectionGuard.RejectedConnections rejections = new ConnectionGuard.RejectedConnections();

    /** A channel whose handlers stand as Spark sets them up. */
    private EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel();
        new ConnectionGuard(rejections).doBootstrap(channel, new NoOpRpcHandler());
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
}
