package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.LocalSparkTest;

/** The number of rows is estimated before they are read, and never too high. */
final class RowEstimateTest extends LocalSparkTest {
    private static final int MIB = 1 << 20;
    private static final CsvSettings UNLABELLED = CsvSettings.DEFAULTS.withUnlabelled(true);

    @TempDir
    private Path folder;

    /** Of a file that is not read for it. */
    static long estimate(Path file, CsvSettings settings) {
        AtomicLong estimate = new AtomicLong();
        RuntimeException unread = new IllegalStateException();
        assertThat(catchThrowable(() -> CsvLoader.load(spark, file.toString(), settings, (path, rows, width) -> {
                    estimate.set(rows);
                    throw unread;
                })))
                .isSameAs(unread);
        return estimate.get();
    }

    /** Lines of two lengths, each half of the text. */
    private static long write(Path file, int bytes, String first, String second) throws IOException {
        long rows = 0;
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            long written = 0;
            while (written < bytes) {
                String line = written < bytes / 2 ? first : second;
                writer.write(line);
                written += line.length();
                rows++;
            }
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 0.12345678901234567", "0.12345678901234567, 0"})
    void csv_shortAndLongLines_areEstimatedFromAllOfTheFile(String first, String second) throws IOException {
        Path file = folder.resolve("rows.csv");
        long rows = write(file, 70 * MIB, (first + ",").repeat(200) + "1\n", (second + ",").repeat(200) + "1\n");
        assertThat(estimate(file, UNLABELLED)).isBetween(rows * 7 / 10, rows);
    }

    @Test
    void csv_fewBytes_areNotEstimated() throws IOException {
        Path file = folder.resolve("rows.csv");
        write(file, 10_000, "0,1\n", "0,1\n");
        assertThat(estimate(file, UNLABELLED)).isZero();
    }

    @Test
    void csv_skippedRows_areLeftOut() throws IOException {
        Path file = folder.resolve("rows.csv");
        String line = "0,".repeat(200) + "1\n";
        long rows = write(file, 70 * MIB, line, line);
        assertThat(estimate(file, UNLABELLED.withBadRows(CsvSettings.BadRows.SKIP, 0.5)))
                .isBetween(rows / 3, rows / 2);
    }
}
