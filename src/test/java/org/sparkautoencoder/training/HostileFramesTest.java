package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparkautoencoder.FreePort;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.training.Relay.Disturbance;

/** Trainings while strangers send the driver's port frames of all kinds, or only keep connections to it open. */
@Timeout(180)
final class HostileFramesTest {
    private static final int FRAMES = 10_000;
    private static final int STRANGERS = 2;

    @Test
    void train_amidHostileFrames_sameBitsAndOneLine() throws Exception {
        int port = FreePort.find();
        TrainingSettings settings = SmallProblem.settings(40, 2, 1, null);
        ExchangeSettings exchange =
                new ExchangeSettings(Encoding.FACTORED, port, 30, ExchangeSettings.Topology.EXECUTOR_PER_WORKER);
        Warnings warnings = new Warnings();
        ExecutorService strangers = Executors.newFixedThreadPool(STRANGERS);
        try (JavaSparkContext spark = LocalSpark.start("local[2]");
                Relay relay = new Relay(port, Disturbance.NONE, 0)) {
            SparkEnv.get().conf().set("spark.exchange.advertisedPort", Integer.toString(relay.port()));
            String expected = weights(spark, settings, ExchangeSettings.DEFAULT);
            assertThat(weights(spark, settings, exchange)).isEqualTo(expected);
            byte[] recorded = relay.kept();
            AtomicInteger sent = new AtomicInteger();
            List<Future<?>> all = new ArrayList<>();
            warnings.listen();
            for (int i = 0; i < STRANGERS; i++) {
                Random random = new Random(i);
                all.add(strangers.submit(() -> disturb(port, recorded, random, sent)));
            }
            int trainings = 0;
            while (sent.get() < FRAMES) {
                warnings.newTraining();
                assertThat(weights(spark, settings, exchange)).isEqualTo(expected);
                trainings++;
            }
            for (Future<?> one : all) {
                get(one);
            }
            assertThat(trainings).isPositive();
            assertThat(warnings.most())
                    .as("lines of one training: %s", warnings.last)
                    .isEqualTo(1);
        } finally {
            warnings.end();
            strangers.shutdownNow();
        }
    }

    @Test
    void train_amidAThousandIdleConnections_sameBitsAndFewStayOpen() {
        int port = FreePort.find();
        TrainingSettings settings = SmallProblem.settings(20, 2, 1, null);
        ExchangeSettings exchange =
                new ExchangeSettings(Encoding.FACTORED, port, 30, ExchangeSettings.Topology.EXECUTOR_PER_WORKER);
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            String expected = weights(spark, settings, ExchangeSettings.DEFAULT);
            assertThat(weights(spark, settings, exchange)).isEqualTo(expected);
            try (IdleConnections idle = new IdleConnections(port, 1_000)) {
                // Each training's executors have to be let in.
                for (int trainings = 0; trainings < 3 || idle.opened() < 2_000; trainings++) {
                    assertThat(weights(spark, settings, exchange)).isEqualTo(expected);
                }
                assertThat(idle.mostAtTheOtherEnd()).isPositive().isLessThan(500);
            }
        }
    }

    private static void get(Future<?> one) throws InterruptedException, ExecutionException {
        one.get();
    }

    private static String weights(JavaSparkContext spark, TrainingSettings settings, ExchangeSettings exchange) {
        TrainingRows rows = SmallProblem.rows(spark, settings, 2, 2);
        TrainingResult trained = new Trainer(spark, "run-" + System.nanoTime(), settings, exchange)
                .train(rows, InitialWeights.draw(settings.layers(), 1), epoch -> {});
        rows.release();
        return ModelFolder.sha256(trained.parameters());
    }

    // Frames go out in groups of one to five a connection; the driver may close it at any time.
    private static void disturb(int port, byte[] recorded, Random random, AtomicInteger sent) {
        while (sent.get() < FRAMES) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                int frames = 1 + random.nextInt(5);
                for (int i = 0; i < frames; i++) {
                    socket.getOutputStream().write(frame(recorded, random));
                    sent.incrementAndGet();
                }
                socket.getOutputStream().flush();
                socket.setSoTimeout(5);
                if (socket.getInputStream().read() < -1) {
                    return;
                }
            } catch (IOException e) {
                pause(); // closed, or between two trainings
            }
        }
    }

    private static byte[] frame(byte[] recorded, Random random) {
        int kind = random.nextInt(4);
        if (kind == 0) { // anything
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (kind == 1) { // a frame of Spark's by its length and type, with anything in it
            byte[] bytes = new byte[9 + random.nextInt(100)];
            random.nextBytes(bytes);
            for (int i = 0; i < 7; i++) {
                bytes[i] = 0;
            }
            bytes[7] = (byte) bytes.length;
            bytes[8] = (byte) random.nextInt(13);
            return bytes;
        }
        // what a worker sent first, or something from the middle
        int from = kind == 2 ? 0 : random.nextInt(recorded.length - 1);
        int length = Math.min(1 + random.nextInt(2_000), recorded.length - from);
        byte[] bytes = new byte[length];
        System.arraycopy(recorded, from, bytes, 0, length);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts warnings of the network and of the exchange. */
    private static final class Warnings extends AbstractAppender {
        private static final List<String> LOGGERS =
                List.of("org.sparkautoencoder.exchange", "org.apache.spark.network", "io.netty");

        private final Logger root = (Logger) LogManager.getRootLogger();
        private final AtomicInteger count = new AtomicInteger();
        private volatile int most;
        private volatile String last = "";

        Warnings() {
            super("warnings", null, null, true, Property.EMPTY_ARRAY);
        }

        void listen() {
            start();
            root.addAppender(this);
            level(Level.WARN);
        }

        void end() {
            level(Level.ERROR);
            root.removeAppender(this);
        }

        private static void level(Level level) {
            for (String name : LOGGERS) {
                Configurator.setLevel(name, level);
            }
        }

        private static String trace(Throwable thrown) {
            return thrown == null ? "" : "\n" + ExceptionUtils.getStackTrace(thrown);
        }

        void newTraining() {
            most = most();
            count.set(0);
        }

        int most() {
            return Math.max(most, count.get());
        }

        @Override
        public void append(LogEvent event) {
            String name = event.getLoggerName();
            if (event.getLevel().isMoreSpecificThan(Level.WARN)
                    && LOGGERS.stream().anyMatch(name::startsWith)) {
                count.incrementAndGet();
                last = last + "\n" + name + ": " + event.getMessage().getFormattedMessage() + trace(event.getThrown());
            }
        }
    }
}
