package org.sparkautoencoder.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.protocol.Message;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps Spark's handlers of each connection to the driver: accepts requests only, limits the bytes and the time of an
 * unauthenticated peer and the number of such peers, and keeps the errors that they cause out of Spark's log.
 */
@SuppressWarnings("FutureReturnValueIgnored") // channels close asynchronously
final class ConnectionGuard implements TransportServerBootstrap {
    private static final AttributeKey<Boolean> AUTHENTICATED =
            AttributeKey.valueOf("org.sparkautoencoder.exchange.authenticated");
    // Of Spark's AuthMessage and SaslMessage.
    private static final Set<Byte> HANDSHAKE_TAGS = Set.of((byte) 0xFB, (byte) 0xEA);
    private static final int MAX_UNAUTHENTICATED_BYTES = 1 << 16;
    private static final int AUTHENTICATION_TIMEOUT_SECONDS = 10;

    private final RejectedConnections rejections;
    private final IntSupplier executors;
    private final UnauthenticatedConnections unauthenticated = new UnauthenticatedConnections();

    /** @param executors how many executors the present runs can have */
    ConnectionGuard(RejectedConnections rejections, IntSupplier executors) {
        this.rejections = rejections;
        this.executors = executors;
    }

    /** Marks the peer as an executor of a run. */
    static void markAuthenticated(TransportClient client) {
        client.getChannel().attr(AUTHENTICATED).set(true);
    }

    static boolean isAuthenticated(Channel channel) {
        return channel.attr(AUTHENTICATED).get() != null;
    }

    @Override
    public RpcHandler doBootstrap(Channel channel, RpcHandler handler) {
        closeSurplus(unauthenticated.opened(channel, executors.getAsInt()));
        channel.pipeline().addLast("limit", new UnauthenticatedLimit());
        channel.eventLoop()
                .schedule(() -> closeIfUnauthenticated(channel), AUTHENTICATION_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return new GuardedHandler(handler);
    }

    private void closeIfUnauthenticated(Channel channel) {
        if (channel.isActive() && !isAuthenticated(channel)) {
            reject(channel, "the peer did not authenticate within " + AUTHENTICATION_TIMEOUT_SECONDS + " s");
        }
    }

    private void closeSurplus(Channel surplus) {
        if (surplus != null) {
            reject(surplus, "too many unauthenticated connections");
        }
    }

    private void reject(Channel channel, String reason) {
        rejections.record(channel.remoteAddress(), reason);
        channel.close();
    }

    /**
     * First in the pipeline: limits what an unauthenticated peer can send, and hides its failed writes from Spark. Adds the
     * filters when the first event comes, since Spark adds its own handlers after the bootstrap returns.
     */
    private final class UnauthenticatedLimit extends ChannelDuplexHandler {
        private int bytes;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            addFilters(context.pipeline());
            if (isAuthenticated(context.channel())) {
                context.pipeline().remove(this);
            } else if (message instanceof ByteBuf buffer) {
                if (bytes == 0) {
                    closeSurplus(unauthenticated.received(context.channel(), executors.getAsInt()));
                }
                bytes += buffer.readableBytes();
                if (bytes > MAX_UNAUTHENTICATED_BYTES) {
                    ReferenceCountUtil.release(message);
                    reject(context.channel(), "the unauthenticated peer sent too many bytes");
                    return;
                }
            }
            context.fireChannelRead(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            addFilters(context.pipeline());
            context.fireExceptionCaught(cause);
        }

        private void addFilters(ChannelPipeline pipeline) {
            if (pipeline.get("errors") == null && pipeline.get("handler") != null) {
                pipeline.addBefore("decoder", "requests", new RequestFilter());
                pipeline.addBefore("handler", "errors", new ErrorFilter());
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (isAuthenticated(context.channel())) {
                context.write(message, promise);
            } else {
                context.write(message);
                promise.trySuccess();
            }
        }
    }

    /** Directly before Spark's decoder, which allocates what a frame claims to hold: passes frames of requests only. */
    private final class RequestFilter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            if (frame instanceof ByteBuf buffer
                    && buffer.isReadable()
                    && buffer.getByte(buffer.readerIndex()) == Message.Type.RpcRequest.id()) {
                context.fireChannelRead(frame);
            } else {
                ReferenceCountUtil.release(frame);
                reject(context.channel(), "not a request");
            }
        }
    }

    /** Directly before Spark's request handler, which logs each error: passes none. */
    private final class ErrorFilter extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (isAuthenticated(context.channel())) {
                context.close(); // the run reports the lost executor
            } else {
                reject(context.channel(), "a malformed frame");
            }
        }
    }

    /** Wraps Spark's authentication handshake. */
    private final class GuardedHandler extends RpcHandler {
        private final RpcHandler inner;

        GuardedHandler(RpcHandler inner) {
            this.inner = inner;
        }

        @Override
        public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
            if (!isAuthenticated(client.getChannel()) && isTruncatedHandshake(message)) {
                reject(client.getChannel(), "authentication failed");
                return;
            }
            try {
                inner.receive(client, message, callback);
            } catch (RuntimeException e) {
                reject(client.getChannel(), "authentication failed");
            }
        }

        // Spark's handshakes consist of a tag and of fields that follow their lengths. Spark allocates a field before
        // it looks
        // whether the message is that long.
        private static boolean isTruncatedHandshake(ByteBuffer message) {
            ByteBuffer fields = message.duplicate().order(ByteOrder.BIG_ENDIAN);
            if (!fields.hasRemaining() || !HANDSHAKE_TAGS.contains(fields.get())) {
                return false;
            }
            while (fields.remaining() >= Integer.BYTES) {
                int length = fields.getInt();
                if (length < 0 || length > fields.remaining()) {
                    return true;
                }
                fields.position(fields.position() + length);
            }
            return fields.hasRemaining();
        }

        @Override
        public void receive(TransportClient client, ByteBuffer message) {
            reject(client.getChannel(), "not a request");
        }

        @Override
        public StreamCallbackWithID receiveStream(
                TransportClient client, ByteBuffer header, RpcResponseCallback callback) {
            throw new UnsupportedOperationException("streams are not supported");
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

    /** Counts rejected connections and requests, and logs the first. */
    static final class RejectedConnections {
        private static final Logger LOG = LoggerFactory.getLogger(RejectedConnections.class);

        private final AtomicLong count = new AtomicLong();

        long count() {
            return count.get();
        }

        void record(Object peer, String reason) {
            if (count.incrementAndGet() == 1) {
                LOG.warn("the exchange rejected {}: {}; further rejections are counted and not logged", peer, reason);
            }
        }
    }
}
