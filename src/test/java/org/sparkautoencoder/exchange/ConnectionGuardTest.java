package org.sparkautoencoder.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportResponseHandler;
import org.apache.spark.network.protocol.Message;
import org.apache.spark.network.protocol.MessageDecoder;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.server.RpcHandler;
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
        channel.pipeline().addLast("decoder", MessageDecoder.INSTANCE);
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

    /** Of every type but a request, with a length of 2 GB where the type has one. */
    @Test
    void frames_claimingMoreBytesThanTheyHave_areRejectedBeforeTheyAreDecoded() {
        for (Message.Type type : Message.Type.values()) {
            if (type == Message.Type.User || type == Message.Type.RpcRequest) {
                continue;
            }
            EmbeddedChannel channel = channel();
            ByteBuf frame = Unpooled.buffer();
            frame.writeLong(37).writeByte(type.id());
            for (int i = 0; i < 7; i++) {
                frame.writeInt(Integer.MAX_VALUE);
            }
            channel.pipeline().fireChannelRead(frame);
            channel.runPendingTasks();
            assertThat(reached).as("%s", type).hasValue(0);
            assertThat(channel.isOpen()).as("%s", type).isFalse();
            assertThat(frame.refCnt()).as("%s", type).isZero();
        }
    }

    /** Messages of Spark's two handshakes. Its handlers allocate a field before they look whether it is there. */
    @Test
    void handshake_claimingMoreBytesThanItHas_isRejectedBeforeItIsDecoded() {
        for (byte tag : new byte[] {(byte) 0xFB, (byte) 0xEA}) {
            for (int field = 0; field < 3; field++) {
                for (int length : new int[] {-1, 5, 1 << 30, Integer.MAX_VALUE}) {
                    EmbeddedChannel channel = channel();
                    ByteBuffer message = ByteBuffer.allocate(1 + 8 * field + 8).put(tag);
                    for (int i = 0; i < field; i++) {
                        message.putInt(4).putInt(0);
                    }
                    message.putInt(length).putInt(0).flip();
                    receive(channel, message);
                    assertThat(channel.isOpen())
                            .as("%s in field %s", length, field)
                            .isFalse();
                    assertThat(reached).hasValue(0);
                }
            }
        }
        assertThat(rejections.count()).isEqualTo(2 * 3 * 4);
    }

    @Test
    void handshake_wellFormed_reachesSpark() {
        EmbeddedChannel channel = channel();
        receive(
                channel,
                ByteBuffer.allocate(9).put((byte) 0xFB).putInt(4).putInt(0).flip());
        assertThat(channel.isOpen()).isTrue();
        assertThat(reached).hasValue(1);
    }

    private void receive(EmbeddedChannel channel, ByteBuffer message) {
        RpcHandler handler = guard.doBootstrap(new EmbeddedChannel(), new NoOpRpcHandler() {
            @Override
            public void receive(TransportClient client, ByteBuffer received, RpcResponseCallback callback) {
                reached.incrementAndGet();
            }
        });
        handler.receive(new TransportClient(channel, new TransportResponseHandler(channel)), message, null);
        channel.runPendingTasks();
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
