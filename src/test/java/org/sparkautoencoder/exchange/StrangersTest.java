package org.sparkautoencoder.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Frame.Question;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.Pass;

/** A training's questions among those of somebody who even knows the run's secret, on a connection of his own. */
@Timeout(120)
final class StrangersTest {
    private static final Layers LAYERS = new Layers(40, 20, 40);
    private static final int SHARDS = 2;
    private static final int ROWS = 8;
    private static final int STEPS = 30;

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
    void receive_wrongQuestionsFromAnotherConnection_areRefusedAndChangeNothing() throws Exception {
        float[] undisturbed = trained("undisturbed", Encoding.AUTO, false);
        assertThat(trained("factored", Encoding.FACTORED, true)).isEqualTo(undisturbed);
        assertThat(trained("dense", Encoding.DENSE, true)).isEqualTo(undisturbed);
    }

    private static float[] trained(String runId, Encoding encoding, boolean disturbed) throws Exception {
        ExchangeSettings settings = new ExchangeSettings(encoding, 0, 20, true);
        float[] initial = new float[LAYERS.parameters()];
        Random random = new Random(5);
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) (0.1 * random.nextGaussian());
        }
        try (Coordinator coordinator =
                Coordinator.open(runId, LAYERS, new Momentum(0.1f, 0.9f), SHARDS, initial, new OneEpoch(), 20)) {
            Ticket ticket = disturbed
                    ? coordinator.listen(SparkEnv.get(), settings, ROWS, SHARDS * ROWS)
                    : coordinator.ticket();
            try (Exchange exchange = ticket.join(Place.alone(3, 0, 1))) {
                Pass[] passes = new Pass[SHARDS];
                for (int shard = 0; shard < SHARDS; shard++) {
                    passes[shard] = new Pass(LAYERS, ROWS);
                    exchange.share(shard, passes[shard]);
                }
                assertThat(exchange.begin()).isTrue();
                try (Stranger stranger = disturbed ? new Stranger(ticket) : null) {
                    for (int step = 0; step < STEPS; step++) {
                        for (int shard = 0; shard < SHARDS; shard++) {
                            fill(passes[shard], random, exchange.parameters());
                            exchange.loss(shard, 1f);
                        }
                        if (stranger != null) {
                            stranger.ask(step + 1);
                        }
                        assertThat(exchange.step()).isTrue();
                    }
                    if (stranger != null) {
                        assertThat(stranger.refused).isEqualTo(stranger.asked).isGreaterThan(STEPS * 10);
                    }
                }
                exchange.sums(0, new double[] {1});
                assertThat(exchange.endEpoch(false)).isEqualTo(Next.STOP);
                exchange.complete();
            }
            assertThat(coordinator.epochs()).isEqualTo(1);
            return coordinator.parameters();
        }
    }

    private static void fill(Pass pass, Random random, float[] parameters) {
        pass.rows(ROWS);
        int[] order = new int[ROWS];
        float[] targets = new float[ROWS * LAYERS.outputs()];
        for (int i = 0; i < targets.length; i++) {
            pass.input()[i] = random.nextFloat();
            targets[i] = random.nextFloat();
        }
        for (int r = 0; r < ROWS; r++) {
            order[r] = r;
        }
        pass.targets(targets, order, 0);
        pass.forward(parameters);
        pass.backward(parameters, 0.01f);
    }

    /** Knows the secret, and is connected. */
    private static final class Stranger implements AutoCloseable {
        private final Ticket.Address run;
        private final Channels.Connecting connecting;
        private int asked;
        private int refused;

        Stranger(Ticket ticket) {
            run = ticket.address();
            connecting = Channels.connect(SparkEnv.get(), ticket.runId(), run.secret(), 20);
        }

        void ask(long number) throws Exception {
            long key = run.key();
            int bytes = new Sections(LAYERS, ROWS, run.encoding(), new int[][] {{0, 1}}).bytes(0);
            List<ByteBuffer> questions = new ArrayList<>();
            questions.add(question(new Question(Frame.STEP, 3, 0, key, number), bytes)); // from elsewhere
            questions.add(question(new Question(Frame.STEP, 3, 0, key, number - 1), bytes)); // once more
            questions.add(question(new Question(Frame.STEP, 3, 0, key + 1, number), bytes)); // another run's key
            questions.add(question(new Question(Frame.STEP, 2, 0, key, number), bytes)); // an old attempt
            questions.add(question(new Question(Frame.STEP, 4, 0, key, number), bytes)); // one to come
            questions.add(question(new Question(Frame.STEP, 3, 0, key, number), bytes - 4)); // a wrong length
            questions.add(question(new Question(Frame.STEP, 3, 1, key, number), bytes)); // no executor
            questions.add(question(new Question(Frame.STEP, 3, -1, key, number), bytes));
            questions.add(question(new Question(Frame.TRAINED, 3, 0, key, number), 8));
            questions.add(question(new Question(Frame.JOIN, 4, 0, key, 0), 60)); // without a seal
            questions.add(question(new Question(99, 3, 0, key, number), 0));
            Random own = new Random(number);
            byte[] noise = new byte[own.nextInt(200)];
            own.nextBytes(noise);
            questions.add(ByteBuffer.wrap(noise));
            for (ByteBuffer question : questions) {
                CompletableFuture<Boolean> answer = new CompletableFuture<>();
                // A connection of its own for each: the driver takes little from one that has not joined.
                TransportClient client = connecting.factory().createUnmanagedClient(run.host(), run.port());
                client.sendRpc(question, new RpcResponseCallback() {
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

        private static ByteBuffer question(Question header, int bytes) {
            ByteBuffer out = ByteBuffer.allocate(Frame.QUESTION + bytes).order(ByteOrder.LITTLE_ENDIAN);
            Frame.question(out, header);
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
