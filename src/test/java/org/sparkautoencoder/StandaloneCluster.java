package org.sparkautoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A real standalone master and two workers of two cores each, JVMs of their own, from the jars in target/spark-home. */
public final class StandaloneCluster implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final String SECRET = "known to master, workers and applications";

    private final Path folder;
    private final boolean secured;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(Path folder, boolean secured) {
        this.folder = folder;
        this.secured = secured;
        this.port = FreePort.find();
    }

    /**
     * Starts one.
     *
     * @param folder for logs and work
     * @param secured with spark.authenticate and AES encryption
     */
    public static StandaloneCluster start(Path folder, boolean secured) {
        StandaloneCluster cluster = new StandaloneCluster(folder, secured);
        try {
            Files.createDirectories(folder);
            cluster.daemon("master.Master", "--port", Integer.toString(cluster.port));
            cluster.await("master.Master", "I have been elected leader", 1);
            for (int i = 0; i < WORKERS; i++) {
                Path work = folder.resolve("work" + i);
                cluster.daemon(
                        "worker.Worker",
                        "--cores",
                        "2",
                        "--memory",
                        "2g",
                        "--work-dir",
                        work.toString(),
                        cluster.master());
            }
            cluster.await("master.Master", "Registering worker", WORKERS);
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    public String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** Settings for an application whose executors know this program and its tests. */
    public SparkConf conf(int executors, int coresOfEach) {
        SparkConf conf = new SparkConf()
                .setMaster(master())
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.locality.wait", "0s")
                .set("spark.stage.maxConsecutiveAttempts", Integer.toString(Integer.MAX_VALUE))
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.executor.memory", "512m")
                .set("spark.executor.cores", Integer.toString(coresOfEach))
                .set("spark.cores.max", Integer.toString(executors * coresOfEach))
                .set("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                .set("spark.executorEnv.OPENBLAS_NUM_THREADS", "1")
                // Both in one loader of classes: the tests' see the program's.
                .set(
                        "spark.executor.extraClassPath",
                        project().resolve("target/test-classes") + ":"
                                + project().resolve("target/spark-autoencoder.jar"));
        String kernels = System.getenv("OPENBLAS_CORETYPE");
        if (kernels != null) {
            conf.set("spark.executorEnv.OPENBLAS_CORETYPE", kernels);
        }
        if (secured) {
            security().forEach(conf::set);
        }
        return conf;
    }

    /** An application on it, once all its executors are there. */
    public JavaSparkContext connect(SparkConf conf, int executors) {
        JavaSparkContext spark = new JavaSparkContext(conf);
        long begin = System.nanoTime();
        while (spark.sc().getExecutorMemoryStatus().size() < executors + 1) {
            assertThat(System.nanoTime() - begin).as("waits for executors").isLessThan(60_000_000_000L);
            pause();
        }
        return spark;
    }

    /** The processes of its executors, which are children of its workers. */
    public List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(daemon -> daemon.toHandle().children())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static Map<String, String> security() {
        return Map.of(
                "spark.authenticate", "true",
                "spark.authenticate.secret", SECRET,
                "spark.network.crypto.enabled", "true");
    }

    private static Path project() {
        return Path.of("").toAbsolutePath();
    }

    private void daemon(String name, String... arguments) throws IOException {
        Path home = project().resolve("target/spark-home");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED"));
        command.add("-Dspark.master.rest.enabled=false"); // knows no authentication
        if (secured) {
            security().forEach((key, value) -> command.add("-D" + key + "=" + value));
        }
        command.addAll(List.of(
                "-cp",
                home.resolve("jars") + "/*",
                "org.apache.spark.deploy." + name,
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name, processes.size()).toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        processes.add(builder.start());
    }

    private Path log(String name, int n) {
        return folder.resolve(name + n + ".log");
    }

    private void await(String name, String line, int times) throws IOException {
        long begin = System.nanoTime();
        Path log = log(name, 0);
        while (true) {
            try (Stream<String> lines = Files.lines(log)) {
                if (lines.filter(one -> one.contains(line)).count() >= times) {
                    return;
                }
            }
            if (System.nanoTime() - begin > 60_000_000_000L) {
                throw new AssertionError("not within 60 s: " + line + "\n" + Files.readString(log));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the daemons, workers first; they end their executors. */
    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            Process process = processes.get(i);
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
