package org.sparkautoencoder.exchange;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;
import scala.Option;
import scala.Some;

/**
 * Spark's own channels, set up as Spark sets up its own: with what the application's settings say of encryption
 * (spark.network.crypto.*, spark.authenticate.enableSaslEncryption, spark.ssl.rpc.*), and authenticated in any case, by
 * the secret of a run.
 */
final class Channels {
    private static final String MODULE = "exchange";
    private static final String USER = "worker";

    // Four attempts of Spark at a stage, each with a connection that nobody answers, end within half a minute.
    private static final String CONNECT = "5s";
    private static final String HANDSHAKE = "6s";

    private static final int MOST_READ = 1 << 21;

    private Channels() {}

    /** A server and what has to be closed with it. */
    record Listening(TransportContext context, TransportServer server) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
            context.close();
        }
    }

    /** A client's connections, and what has to be closed with them. */
    record Connecting(TransportContext context, TransportClientFactory factory) implements AutoCloseable {
        @Override
        public void close() {
            factory.close();
            context.close();
        }
    }

    /**
     * A server of this application.
     *
     * @param secrets of the runs by their ids; null where there is none
     * @param guard takes each new channel and its handler of requests, and gives the handler to use
     */
    static Listening listen(
            SparkEnv spark,
            String address,
            int port,
            int timeoutSeconds,
            RpcHandler handler,
            Function<String, Secret> secrets,
            TransportServerBootstrap guard) {
        TransportConf conf = conf(spark, "driver", timeoutSeconds, 0);
        TransportContext context = new TransportContext(conf, handler);
        List<TransportServerBootstrap> bootstraps =
                List.of(new AuthServerBootstrap(conf, new Holder(secrets)), guard, Channels::readInLargePieces);
        try {
            return new Listening(context, context.createServer(address, port, bootstraps));
        } catch (Throwable e) { // Netty throws checked exceptions unchecked
            context.close();
            throw e;
        }
    }

    /**
     * A way to connect to that server, for a worker of the run.
     *
     * @param handler takes what the server sends by itself
     */
    static Connecting connect(SparkEnv spark, String runId, Secret secret, int timeoutSeconds, RpcHandler handler) {
        TransportConf conf = conf(spark, "executor", timeoutSeconds, 1);
        TransportContext context = new TransportContext(conf, handler, false, true);
        Holder holder = new Holder(id -> secret);
        return new Connecting(
                context,
                context.createClientFactory(List.of(
                        (client, channel) -> readInLargePieces(channel, null),
                        new AuthClientBootstrap(conf, runId, holder))));
    }

    private static TransportConf conf(SparkEnv spark, String role, int timeoutSeconds, int threads) {
        SparkConf conf = spark.conf()
                .clone()
                .setIfMissing("spark." + MODULE + ".io.connectionTimeout", 2 * timeoutSeconds + 60 + "s")
                .setIfMissing("spark." + MODULE + ".io.connectionCreationTimeout", CONNECT)
                .setIfMissing("spark.network.auth.rpcTimeout", HANDSHAKE);
        return SparkTransportConf.fromSparkConf(
                conf,
                MODULE,
                threads,
                new Some<>(role),
                Option.apply(spark.securityManager().getRpcSSLOptions()));
    }

    // A frame that lies in one buffer is not copied once more to be read.
    private static RpcHandler readInLargePieces(Channel channel, RpcHandler handler) {
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(1 << 10, 1 << 16, MOST_READ));
        return handler;
    }

    private record Holder(Function<String, Secret> secrets) implements SecretKeyHolder {
        @Override
        public String getSaslUser(String runId) {
            return USER;
        }

        @Override
        public String getSecretKey(String runId) {
            Secret secret = secrets.apply(runId);
            if (secret == null) {
                throw new IllegalArgumentException("there is no run of that id");
            }
            return secret.text();
        }
    }
}
