package org.sparkautoencoder.runs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.LocalSparkTest;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.CsvLoader;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.CsvText;

/** A training whose rows memory cannot hold ends in one line, before it reads them where their number shows. */
final class DataLargerThanMemoryTest extends LocalSparkTest {
    private static final CsvSettings SETTINGS = CsvSettings.DEFAULTS.withLabelColumns(List.of("last"));

    @TempDir
    private Path folder;

    /** Their ends say that each holds 4 GiB of text, and a reader who comes so far finds that they are damaged. */
    private String filesThatSeemLarge(int files) throws IOException {
        Path first = CsvText.write(folder.resolve("large/0.csv.gz"), CsvText.rows(4_000, 50, true));
        byte[] bytes = Files.readAllBytes(first);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - Integer.BYTES, -1);
        for (int i = 0; i < files; i++) {
            Files.write(first.resolveSibling(i + ".csv.gz"), bytes);
        }
        return first.getParent().toString();
    }

    @Test
    void open_filesOfManyMoreRowsThanTheHeapHolds_areRefusedBeforeTheyAreRead() throws IOException {
        String path = filesThatSeemLarge(200);
        assertThatThrownBy(() -> LoadedData.open(spark, folder, path, null, SETTINGS, null))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(path + " has at least ")
                .hasMessageContaining("rows of 50 values, which a training keeps in memory: they need ")
                .hasMessageContaining("--driver-memory")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> CsvLoader.load(spark, path, SETTINGS)) // for a model that has been trained
                .hasMessageContaining("damaged");
    }

    @Test
    void take_shardsLargerThanTheHeap_areRefusedBeforeTheyAreComputed() throws IOException {
        Path file = CsvText.write(folder.resolve("rows.csv"), CsvText.rows(5_000, 5, true));
        try (LoadedData data = LoadedData.open(spark, folder, file.toString(), file.toString(), SETTINGS, null)) {
            AutoencoderSpec wide = Specs.autoencoder(1 << 26, 1, 1); // nothing is computed of it
            ShardCache cache = new ShardCache(data, true);
            cache.expect(wide, 2);
            assertThatThrownBy(() -> cache.take(wide, 2))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(
                            "5,000 rows to train on and 5,000 rows to test on, which a training keeps in memory: they"
                                    + " need 2500.0 GiB, and this program has ");
            cache.release(wide, 2);
        }
    }
}
