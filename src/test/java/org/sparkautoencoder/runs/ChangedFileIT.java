package org.sparkautoencoder.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.StandaloneCluster;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.CsvText;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.training.Trainer;
import org.sparkautoencoder.training.TrainingRows;

/** A file that changes under a training on a real standalone cluster. */
@Timeout(180)
final class ChangedFileIT {
    private static final int WIDTH = 40;
    private static final int WORKERS = 2;
    private static final int EPOCHS = 1_000_000;
    private static final int MAX_FAILURES = 1_000;

    @TempDir
    private Path folder;

    @Test
    void train_executorKilledAfterTheFileWasReplaced_endsAtOnceAndNamesTheFile() throws IOException {
        List<String> rows = CsvText.rows(2_000, WIDTH, true);
        Path file = CsvText.write(folder.resolve("rows.csv"), rows);
        try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), false);
                JavaSparkContext spark = cluster.connect(cluster.conf(WORKERS, 1), WORKERS);
                LoadedData data = LoadedData.open(
                        spark,
                        folder,
                        file.toString(),
                        null,
                        CsvSettings.DEFAULTS.withLabelColumns(List.of("last")).withPartitions(8),
                        null)) {
            AutoencoderSpec modelSpec = Specs.autoencoder(WIDTH, 10, EPOCHS);
            ShardCache cache = new ShardCache(data, true);
            cache.expect(modelSpec, WORKERS);
            TrainingRows shards = cache.take(modelSpec, WORKERS);
            ExchangeSettings exchange =
                    new ExchangeSettings(Encoding.AUTO, 0, 20, MAX_FAILURES, ExchangeSettings.Topology.ACTUAL);
            Throwable thrown = catchThrowable(() -> new Trainer(spark, "run", modelSpec.settings(), exchange)
                    .train(shards, modelSpec.initialParameters(), epoch -> {
                        if (epoch.epoch() == 3) {
                            replace(file, rows);
                            killOneExecutor();
                        }
                    }));
            assertThat(thrown)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(file + " has changed since it was first read");
        }
    }

    private static void replace(Path file, List<String> rows) {
        try {
            CsvText.write(file, rows.stream().map(row -> row.replace('7', '8')).toList()); // as long as before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Executors are children of the cluster's workers.
    private static void killOneExecutor() {
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .findFirst()
                .ifPresent(ProcessHandle::destroyForcibly);
    }
}
