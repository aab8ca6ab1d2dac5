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
 * Channels of Spark's network layer, configured like Spark's own. The application's settings decide on encryption
 * (spark.network.crypto.*, spark.authenticate.enableSaslEncryption, spark.ssl.rpc.*); a run's secret always authenticates.
 */
final class Channels {
    private static final String MODULE = "exchange";
    private static final String USER = "worker";

    // With these, four stage attempts that cannot connect fail within half a minute.
    private static final String CONNECT_TIMEOUT = "5s";
    private static final String HANDSHAKE_TIMEOUT = "6s";

    private static final int MAX_READ_BYTES = 1 << 21;

    private Channels() {}

    /** A server and its context, closed together. */
    record Server(TransportContext context, TransportServer server) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
            context.close();
        }
    }

    /** A factory of clients and its context, closed together. */
    record Client(TransportContext context, TransportClientFactory factory) implements AutoCloseable {
        @Override
        public void close() {
            factory.close();
            context.close();
        }
    }

    /**
     * Starts a server in the driver.
     *
     * @param secrets the secret of a run id; null if there is no such run
     * @param guard wraps the request handler of each new channel
     */
    static Server listen(
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
                List.of(new AuthServerBootstrap(conf, new RunSecrets(secrets)), guard, Channels::readInLargePieces);
        try {
            return new Server(context, context.createServer(address, port, bootstraps));
        } catch (Throwable e) { // Netty throws checked exceptions unchecked
            context.close();
            throw e;
        }
    }

    /**
     * Creates a client of that server, for an executor of the run.
     *
     * @param handler receives one-way messages from the driver
     */
    static Client connect(SparkEnv spark, String runId, Secret secret, int timeoutSeconds, RpcHandler handler) {
        TransportConf conf = conf(spark, "executor", timeoutSeconds, 1);
        TransportContext context = new TransportContext(conf, handler, false, true);
        RunSecrets runSecrets = new RunSecrets(id -> secret);
        return new Client(
                context,
                context.createClientFactory(List.of(
                        (client, channel) -> readInLargePieces(channel, null),
                        new AuthClientBootstrap(conf, runId, runSecrets))));
    }

    private static TransportConf conf(SparkEnv spark, String role, int timeoutSeconds, int threads) {
        SparkConf conf = spark.conf()
                .clone()
                .setIfMissing("spark." + MODULE + ".io.connectionTimeout", 2 * timeoutSeconds + 60 + "s")
                .setIfMissing("spark." + MODULE + ".io.connectionCreationTimeout", CONNECT_TIMEOUT)
                .setIfMissing("spark.network.auth.rpcTimeout", HANDSHAKE_TIMEOUT);
        return SparkTransportConf.fromSparkConf(
                conf,
                MODULE,
                threads,
                new Some<>(role),
                Option.apply(spark.securityManager().getRpcSSLOptions()));
    }

    // A frame that arrives in one buffer is decoded without another copy.
    private static RpcHandler readInLargePieces(Channel channel, RpcHandler handler) {
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(1 << 10, 1 << 16, MAX_READ_BYTES));
        return handler;
    }

    private record RunSecrets(Function<String, Secret> secrets) implements SecretKeyHolder {
        @Override
        public String getSaslUser(String runId) {
            return USER;
        }

        @Override
        public String getSecretKey(String runId) {
            Secret secret = secrets.apply(runId);
            if (secret == null) {
                throw new IllegalArgumentException("no run has this id");
            }
            return secret.text();
        }
    }
}
