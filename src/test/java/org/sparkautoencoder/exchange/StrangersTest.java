package org.sparkautoencoder.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.WireFormat.Request;
import org.sparkautoencoder.kernel.ForwardBackward;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Loss;
import org.sparkautoencoder.kernel.MinibatchShard;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.ShardGradients;

/** A training's requests among those of somebody who even knows the run's secret, on a connection of his own. */
@Timeout(120)
final class StrangersTest {
    private static final Layers LAYERS = new Layers(40, 20, 40);
    private static final Momentum MOMENTUM = new Momentum(0.1f, 0.9f);
    private static final int SHARDS = 2;
    private static final int ROWS = 8;
    private static final int STEPS = 30;
    private static final NeuronBlocks BLOCKS = new NeuronBlocks(LAYERS, Loss.SQUARED, ROWS);

    private JavaSparkContext spark;

    @BeforeEach
    void start() {
        spark = LocalSpark.start("local[1]");
    }

    @AfterEach
    void stop() {
        spark.stop();
    }

    @Test
    void receive_wrongRequestsFromAnotherConnection_areRefusedAndChangeNothing() throws Exception {
        float[] undisturbed = trained("undisturbed", Encoding.FACTORED, false);
        assertThat(trained("factored", Encoding.FACTORED, true)).isEqualTo(undisturbed);
        assertThat(trained("dense", Encoding.DENSE, true)).isEqualTo(undisturbed);
    }

    // One epoch of two workers, each an executor of its own.
    private static float[] trained(String runId, Encoding encoding, boolean disturbed) throws Exception {
        ExchangeSettings settings =
                new ExchangeSettings(encoding, 0, 20, ExchangeSettings.Topology.EXECUTOR_PER_WORKER);
        float[] initial = new float[LAYERS.parameters()];
        Random random = new Random(5);
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) (0.1 * random.nextGaussian());
        }
        try (Coordinator coordinator = Coordinator.open(runId, BLOCKS, MOMENTUM, SHARDS, initial, new OneEpoch(), 20)) {
            ExchangeHandle ticket = coordinator.listen(SparkEnv.get(), settings, ROWS);
            ExecutorService workers = Executors.newFixedThreadPool(SHARDS);
            List<Future<Void>> ends = new ArrayList<>();
            CyclicBarrier asked = new CyclicBarrier(SHARDS + 1);
            for (int worker = 0; worker < SHARDS; worker++) {
                int shard = worker;
                ends.add(workers.submit(() -> train(ticket, shard, asked)));
            }
            asked.await();
            try (Stranger stranger = disturbed ? new Stranger(ticket, encoding) : null) {
                for (int step = 0; step < STEPS; step++) {
                    if (stranger != null) {
                        stranger.ask(step);
                    }
                    asked.await();
                    asked.await();
                }
                if (stranger != null) {
                    assertThat(stranger.refused).isEqualTo(stranger.asked).isGreaterThan(STEPS * 10);
                }
            }
            for (Future<Void> end : ends) {
                end.get(20, TimeUnit.SECONDS);
            }
            workers.shutdown();
            assertThat(coordinator.epochs()).isEqualTo(1);
            return coordinator.parameters();
        }
    }

    private static Void train(ExchangeHandle ticket, int shard, CyclicBarrier asked) throws Exception {
        Random random = new Random(shard);
        ShardGradients gradients = new ShardGradients(BLOCKS, SHARDS);
        MinibatchShard[] minibatch = new MinibatchShard[SHARDS];
        for (int i = 0; i < SHARDS; i++) {
            minibatch[i] = i == shard
                    ? new MinibatchShard(BLOCKS, Loss.SQUARED, ROWS)
                    : MinibatchShard.ofFactors(BLOCKS, ROWS);
        }
        try (Exchange exchange = ticket.join(new WorkerRank(3, shard, SHARDS, shard, SHARDS, 0, 1))) {
            assertThat(exchange.begin(new int[] {shard})).isTrue();
            asked.await();
            for (int step = 0; step < STEPS; step++) {
                asked.await();
                fill(minibatch[shard], random, exchange.parameters());
                assertThat(exchange.awaitLosses(true)).isTrue();
                if (exchange.isDense()) {
                    for (Block block : BLOCKS.all()) {
                        exchange.putGradient(
                                block,
                                0,
                                gradients.sum(
                                        block,
                                        minibatch,
                                        exchange.gradientNodes().get(0)));
                        exchange.sendGradient(block);
                    }
                    assertThat(exchange.awaitParameters(BLOCKS.all())).isTrue();
                } else {
                    assertThat(exchange.awaitFactors(minibatch)).isTrue();
                    for (Block block : BLOCKS.all()) {
                        gradients.accumulate(block, minibatch, MOMENTUM.beta(), exchange.velocity());
                        MOMENTUM.move(BLOCKS, block, exchange.parameters(), exchange.velocity());
                    }
                }
                asked.await();
            }
            assertThat(exchange.endEpoch(false, () -> Map.of(shard, new double[] {1})))
                    .isEqualTo(Next.STOP);
            exchange.complete();
        }
        return null;
    }

    private static void fill(MinibatchShard shard, Random random, float[] parameters) {
        shard.rows(ROWS);
        float[] targets = new float[ROWS * LAYERS.outputs()];
        for (int i = 0; i < targets.length; i++) {
            shard.input()[i] = random.nextFloat();
            targets[i] = random.nextFloat();
        }
        ForwardBackward.run(shard, BLOCKS, parameters, targets, 0, 0.01f);
    }

    /** Knows the secret, and is connected. */
    private static final class Stranger implements AutoCloseable {
        private final ExchangeHandle.Address run;
        private final Channels.Connecting connecting;
        private final int kind;
        private final int bytes;
        private int asked;
        private int refused;

        Stranger(ExchangeHandle ticket, Encoding encoding) {
            run = ticket.address();
            connecting = Channels.connect(SparkEnv.get(), ticket.runId(), run.secret(), 20, new NoOpRpcHandler());
            boolean dense = encoding == Encoding.DENSE;
            kind = dense ? WireFormat.GRADIENT : WireFormat.FACTORS;
            ShardPlacement placement = new ShardPlacement(new int[][] {{0}, {1}}, SHARDS);
            bytes = dense
                    ? 4 * BLOCKS.parameters(BLOCKS.all().get(0))
                    : new FactorLayout(LAYERS, ROWS, placement).bytes(0);
        }

        void ask(int step) throws Exception {
            long key = run.key();
            long number = kind == WireFormat.GRADIENT ? step : step + 1;
            List<ByteBuffer> requests = new ArrayList<>();
            requests.add(request(kind, 3, 0, 0, key, number, bytes)); // from elsewhere
            requests.add(request(kind, 3, 0, 0, key, number - 1, bytes)); // once more
            requests.add(request(kind, 3, 0, 0, key + 1, number, bytes)); // another run's key
            requests.add(request(kind, 2, 0, 0, key, number, bytes)); // an old attempt
            requests.add(request(kind, 4, 0, 0, key, number, bytes)); // one to come
            requests.add(request(kind, 3, 0, 0, key, number, bytes - 4)); // a wrong length
            requests.add(request(kind, 3, 2, 0, key, number, bytes)); // no executor
            requests.add(request(kind, 3, -1, 0, key, number, bytes));
            requests.add(request(kind, 3, 0, 99, key, number, bytes)); // no block
            requests.add(request(kind, 3, 0, -1, key, number, bytes));
            requests.add(request(WireFormat.TRAINED, 3, 0, 0, key, number, 8));
            requests.add(request(WireFormat.DIVERGED, 3, 0, 0, key, number, 4));
            requests.add(request(WireFormat.JOIN, 4, 0, 0, key, 0, 60)); // without a seal
            requests.add(request(99, 3, 0, 0, key, number, 0));
            Random own = new Random(number);
            byte[] noise = new byte[own.nextInt(200)];
            own.nextBytes(noise);
            requests.add(ByteBuffer.wrap(noise));
            for (ByteBuffer request : requests) {
                CompletableFuture<Boolean> answer = new CompletableFuture<>();
                // A connection of its own for each: the driver takes little from one that has not joined.
                TransportClient client = connecting.factory().createUnmanagedClient(run.host(), run.port());
                client.sendRpc(request, new RpcResponseCallback() {
                    @Override
                    public void onSuccess(ByteBuffer in) {
                        answer.complete(false);
                    }

                    @Override
                    public void onFailure(Throwable e) {
                        answer.complete(e.getMessage().contains("refused"));
                    }
                });
                asked++;
                refused += answer.get(20, TimeUnit.SECONDS) ? 1 : 0;
                client.close();
            }
        }

        private static ByteBuffer request(
                int kind, int attempt, int executor, int block, long key, long number, int bytes) {
            ByteBuffer out = ByteBuffer.allocate(WireFormat.REQUEST + bytes).order(ByteOrder.LITTLE_ENDIAN);
            new Request(kind, attempt, executor, block, 0, key, number).write(out);
            return out.clear();
        }

        @Override
        public void close() {
            connecting.close();
        }
    }

    private static final class OneEpoch implements EpochRule {
        @Override
        public void begun(int attempt, int epoch) {}

        @Override
        public Next trained(int attempt, int epoch, double[] sums, TimeSpent spent) {
            return Next.STOP;
        }

        @Override
        public Next evaluated(int attempt, int epoch, double[] sums) {
            return Next.STOP;
        }

        @Override
        public void diverged(int attempt, int epoch, int step) {}
    }
}
