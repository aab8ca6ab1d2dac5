package org.sparkautoencoder.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.protocol.Message;
import org.apache.spark.network.protocol.RpcRequest;
import org.apache.spark.network.protocol.UploadStream;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServerBootstrap;

/**
 * Stands around Spark's handlers of each connection to the driver: lets nothing but requests in, little until the other side
 * has proved itself, and keeps what strangers cause out of Spark's log.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a channel to close
final class ConnectionGuard implements TransportServerBootstrap {
    private static final AttributeKey<Boolean> KNOWN = AttributeKey.valueOf("org.sparkautoencoder.exchange.known");
    private static final int MOST_BYTES_OF_A_STRANGER = 1 << 16;
    private static final int SECONDS_OF_A_STRANGER = 10;

    private final RejectedConnections refusals;

    ConnectionGuard(RejectedConnections refusals) {
        this.refusals = refusals;
    }

    /** Says that the other side is a worker of a run. */
    static void known(TransportClient client) {
        client.getChannel().attr(KNOWN).set(true);
    }

    private static boolean isKnown(Channel channel) {
        return channel.attr(KNOWN).get() != null;
    }

    @Override
    public RpcHandler doBootstrap(Channel channel, RpcHandler handler) {
        channel.pipeline().addLast("limit", new Limit());
        // Spark's own handlers come after this method returns, and before anything is read.
        channel.eventLoop().execute(() -> {
            if (channel.pipeline().get("handler") != null) {
                channel.pipeline().addBefore("handler", "filter", new Filter());
            }
        });
        channel.eventLoop().schedule(() -> expire(channel), SECONDS_OF_A_STRANGER, TimeUnit.SECONDS);
        return new Guarded(handler);
    }

    private void expire(Channel channel) {
        if (channel.isActive() && !isKnown(channel)) {
            refuse(channel, "it did not prove itself within " + SECONDS_OF_A_STRANGER + " s");
        }
    }

    private void refuse(Channel channel, String reason) {
        refusals.refuse(channel.remoteAddress(), reason);
        channel.close();
    }

    /** Before all: a stranger cannot make the driver keep much, nor say that an answer did not reach him. */
    private final class Limit extends ChannelDuplexHandler {
        private int bytes;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (isKnown(context.channel())) {
                context.pipeline().remove(this);
            } else if (message instanceof ByteBuf buffer) {
                bytes += buffer.readableBytes();
                if (bytes > MOST_BYTES_OF_A_STRANGER) {
                    ReferenceCountUtil.release(message);
                    refuse(context.channel(), "it sent more than a stranger may");
                    return;
                }
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (isKnown(context.channel())) {
                context.write(message, promise);
            } else {
                context.write(message);
                promise.trySuccess();
            }
        }
    }

    /** Just before Spark's handler of requests: only these come through, and errors do not. */
    private final class Filter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof RpcRequest) {
                context.fireChannelRead(message);
            } else {
                release(message);
                refuse(context.channel(), "a message of another kind");
            }
        }

        private static void release(Object message) {
            if (message instanceof UploadStream stream) {
                stream.meta.release();
            }
            if (message instanceof Message other && other.body() != null) {
                other.body().release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (isKnown(context.channel())) {
                context.close(); // the run says whom it lost
            } else {
                refuse(context.channel(), "no message");
            }
        }
    }

    /** Around Spark's handshake. */
    private final class Guarded extends RpcHandler {
        private final RpcHandler inner;

        Guarded(RpcHandler inner) {
            this.inner = inner;
        }

        @Override
        public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
            try {
                inner.receive(client, message, callback);
            } catch (RuntimeException e) {
                refuse(client.getChannel(), "it cannot prove itself");
            }
        }

        @Override
        public void receive(TransportClient client, ByteBuffer message) {
            refuse(client.getChannel(), "a message of another kind");
        }

        @Override
        public StreamCallbackWithID receiveStream(
                TransportClient client, ByteBuffer header, RpcResponseCallback callback) {
            throw new UnsupportedOperationException("no streams are received here");
        }

        @Override
        public StreamManager getStreamManager() {
            return inner.getStreamManager();
        }

        @Override
        public void channelActive(TransportClient client) {
            inner.channelActive(client);
        }

        @Override
        public void channelInactive(TransportClient client) {
            inner.channelInactive(client);
        }

        @Override
        public void exceptionCaught(Throwable cause, TransportClient client) {
            inner.exceptionCaught(cause, client);
        }
    }
}
