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
import org.sparkautoencoder.kernel.MinibatchShard;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.kernel.ShardGradients;
import org.sparkautoencoder.kernel.Snapshot;

/** Requests to a running training from a client that knows the run's secret but has its own connection are rejected. */
@Timeout(120)
final class ForeignConnectionTest {
    private static final Layers LAYERS = new Layers(40, 20, 40);
    private static final Momentum MOMENTUM = new Momentum(0.1f, 0.9f);
    private static final int SHARDS = 2;
    private static final int ROWS = 8;
    private static final int STEPS = 30;
    private static final NeuronBlocks BLOCKS = new NeuronBlocks(LAYERS, OutputLayer.SIGMOID, ROWS);

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
    void receive_wrongRequestsFromAnotherConnection_areRejectedAndChangeNothing() throws Exception {
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
        try (Coordinator coordinator =
                Coordinator.open(runId, BLOCKS, MOMENTUM, SHARDS, Snapshot.initial(initial), new OneEpoch(), 20)) {
            ExchangeHandle handle = coordinator.listen(SparkEnv.get(), settings, ROWS);
            ExecutorService workers = Executors.newFixedThreadPool(SHARDS);
            List<Future<Void>> ends = new ArrayList<>();
            CyclicBarrier barrier = new CyclicBarrier(SHARDS + 1);
            for (int worker = 0; worker < SHARDS; worker++) {
                int shard = worker;
                ends.add(workers.submit(() -> train(handle, shard, barrier)));
            }
            barrier.await();
            try (ForeignClient foreign = disturbed ? new ForeignClient(handle, encoding) : null) {
                for (int step = 0; step < STEPS; step++) {
                    if (foreign != null) {
                        foreign.sendRequests(step);
                    }
                    barrier.await();
                    barrier.await();
                }
                if (foreign != null) {
                    assertThat(foreign.rejected).isEqualTo(foreign.sent).isGreaterThan(STEPS * 10);
                }
            }
            for (Future<Void> end : ends) {
                end.get(20, TimeUnit.SECONDS);
            }
            workers.shutdown();
            assertThat(coordinator.epochs()).isEqualTo(1);
            return coordinator.snapshot().parameters();
        }
    }

    private static Void train(ExchangeHandle handle, int shard, CyclicBarrier barrier) throws Exception {
        Random random = new Random(shard);
        ShardGradients gradients = new ShardGradients(BLOCKS, SHARDS);
        MinibatchShard[] minibatch = new MinibatchShard[SHARDS];
        for (int i = 0; i < SHARDS; i++) {
            minibatch[i] = i == shard
                    ? new MinibatchShard(BLOCKS, OutputLayer.SIGMOID, ROWS)
                    : MinibatchShard.ofFactors(BLOCKS, ROWS);
        }
        try (Exchange exchange = handle.join(new WorkerRank(3, shard, SHARDS, shard, SHARDS, 0, 1))) {
            assertThat(exchange.begin(new int[] {shard})).isTrue();
            barrier.await();
            for (int step = 0; step < STEPS; step++) {
                barrier.await();
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
                barrier.await();
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

    /** A client with the run's secret that never joins. */
    private static final class ForeignClient implements AutoCloseable {
        private final ExchangeHandle.Address run;
        private final Channels.Client channels;
        private final int kind;
        private final int bytes;
        private int sent;
        private int rejected;

        ForeignClient(ExchangeHandle handle, Encoding encoding) {
            run = handle.address();
            channels = Channels.connect(SparkEnv.get(), handle.runId(), run.secret(), 20, new NoOpRpcHandler());
            boolean dense = encoding == Encoding.DENSE;
            kind = dense ? WireFormat.GRADIENT : WireFormat.FACTORS;
            ShardPlacement placement = new ShardPlacement(new int[][] {{0}, {1}}, SHARDS);
            bytes = dense
                    ? 4 * BLOCKS.parameters(BLOCKS.all().get(0))
                    : new FactorExchange.Layout(LAYERS, ROWS, placement).bytes(0);
        }

        void sendRequests(int step) throws Exception {
            long key = run.key();
            long number = kind == WireFormat.GRADIENT ? step : step + 1;
            List<ByteBuffer> requests = new ArrayList<>();
            requests.add(request(kind, 3, 0, 0, key, number, bytes)); // from another connection
            requests.add(request(kind, 3, 0, 0, key, number - 1, bytes)); // sent again
            requests.add(request(kind, 3, 0, 0, key + 1, number, bytes)); // another run's key
            requests.add(request(kind, 2, 0, 0, key, number, bytes)); // an old attempt
            requests.add(request(kind, 4, 0, 0, key, number, bytes)); // a future attempt
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
                // One connection each: the driver accepts few bytes on one that has not joined.
                TransportClient client = channels.factory().createUnmanagedClient(run.host(), run.port());
                client.sendRpc(request, new RpcResponseCallback() {
                    @Override
                    public void onSuccess(ByteBuffer in) {
                        answer.complete(false);
                    }

                    @Override
                    public void onFailure(Throwable e) {
                        answer.complete(e.getMessage().contains("rejected"));
                    }
                });
                sent++;
                rejected += answer.get(20, TimeUnit.SECONDS) ? 1 : 0;
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
            channels.close();
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
