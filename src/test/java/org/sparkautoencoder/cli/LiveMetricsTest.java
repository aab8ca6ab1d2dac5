package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.deploy.history.FsHistoryProvider;
import org.apache.spark.deploy.history.LoadedAppUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** What others see of a training while it goes on, and in Spark's history. */
@Timeout(120)
final class LiveMetricsTest {
    private static final List<String> PARTS =
            List.of("compute_seconds", "copy_seconds", "wire_seconds", "wait_seconds");

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();
    private String[] command;

    @BeforeEach
    void settings() throws IOException {
        settings.put("spark.master", "local[2]");
        settings.put("spark.ui.port", "0");
        settings.put("spark.driver.host", "127.0.0.1");
        settings.put("spark.driver.bindAddress", "127.0.0.1");
        settings.put("spark.metrics.conf", Path.of("conf/metrics.properties").toString());
        settings.put("spark.eventLog.enabled", "true");
        settings.put(
                "spark.eventLog.dir", folder.resolve("made/for/events").toUri().toString());
        settings.forEach(System::setProperty);
        command = new String[] {
            "train",
            "--train",
            Program.csv(folder.resolve("train.csv"), 200, 1).toString(),
            "--out",
            folder.resolve("results").toString(),
            "--run-id",
            "seen.live",
            "--epochs",
            "8000",
            "--no-early-stop",
            "--progress",
            "none"
        };
    }

    @AfterEach
    void clear() {
        settings.keySet().forEach(System::clearProperty);
    }

    @Test
    void training_whileItRuns_isScrapedAndAfterwardsInTheHistory() throws Exception {
        CompletableFuture<Integer> training = CompletableFuture.supplyAsync(() -> Main.run(command));
        Map<String, Double> seen = Map.of();
        String appId = null;
        double trainings = 0;
        while (!training.isDone() && !(seen.getOrDefault("epoch", 0.0) >= 5)) {
            Option<SparkContext> spark = SparkContext$.MODULE$.getActive();
            if (spark.isDefined() && spark.get().uiWebUrl().isDefined()) {
                appId = spark.get().applicationId();
                String page = get(spark.get().uiWebUrl().get() + "/metrics/prometheus/");
                seen = values(page, "seen_live_");
                trainings = Math.max(trainings, values(page, "").getOrDefault("trainings", 0.0));
            }
            Thread.sleep(20);
        }
        assertThat(training.get(90, TimeUnit.SECONDS)).isZero();
        assertThat(trainings).isEqualTo(1);
        assertThat(seen.keySet())
                .contains("epoch", "loss", "error", "rows_per_second", "step_seconds")
                .containsAll(PARTS);
        assertThat(seen.get("epoch")).isGreaterThanOrEqualTo(5);
        assertThat(seen.get("loss")).isPositive();
        assertThat(seen.get("rows_per_second")).isPositive();
        double parts = PARTS.stream().mapToDouble(seen::get).sum();
        assertThat(parts).isBetween(0.2 * seen.get("step_seconds"), 2 * seen.get("step_seconds"));
        assertInHistory(appId);
    }

    // The History Server's own way to its pages.
    private void assertInHistory(String appId) throws Exception {
        FsHistoryProvider history = new FsHistoryProvider(new SparkConf(false)
                .set("spark.history.fs.logDirectory", settings.get("spark.eventLog.dir"))
                .set("spark.ui.enabled", "false"));
        try {
            history.checkForLogs();
            while (history.getListing().isEmpty()) {
                Thread.sleep(50);
            }
            LoadedAppUI app = history.getAppUI(appId, Option.empty()).get();
            assertThat(CollectionConverters.asJava(app.ui().store().jobsList(null)))
                    .anySatisfy(job -> {
                        assertThat(job.jobGroup().get()).isEqualTo("seen.live");
                        assertThat(job.description().get()).startsWith("train 36-200-36 on 200 rows: seen.live");
                    });
        } finally {
            history.stop();
        }
    }

    private static Map<String, Double> values(String page, String prefix) {
        Map<String, Double> values = new HashMap<>();
        Matcher line = Pattern.compile("(?m)^metrics_.*_TrainingMetrics_" + prefix + "(\\w+)_Value\\{.*} (\\S+)$")
                .matcher(page);
        while (line.find()) {
            values.put(line.group(1), Double.parseDouble(line.group(2)));
        }
        return values;
    }

    private static String get(String url) throws IOException, InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return ""; // the UI comes and goes with the context
        }
    }
}
