package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.LocalSparkTest;

/** Rows that Spark has lost are read from their files again: they are the rows that were read first, or there is an error. */
final class ChangedFilesTest extends LocalSparkTest {
    private static final int WIDTH = 5;
    private static final CsvSettings FOUR_PARTS = CsvSettings.DEFAULTS.withPartitions(4);
    private static final List<String> ROWS = CsvText.rows(20_000, WIDTH, true); // several blocks in each part
    private static final String HEADER = CsvText.header(WIDTH);

    @TempDir
    private Path folder;

    private Path first;
    private Path second;

    @BeforeEach
    void writeFiles() throws IOException {
        first = CsvText.write(folder.resolve("data/a.csv"), CsvText.with(HEADER, ROWS));
        second = CsvText.write(folder.resolve("data/b.csv"), CsvText.with(HEADER, ROWS));
    }

    private LoadedRows load() {
        return CsvLoader.load(spark, first.getParent().toString(), FOUR_PARTS);
    }

    /** The one line that the user reads when the rows are asked for again. */
    private static AbstractStringAssert<?> assertRefused(ThrowingCallable reading) {
        BadInputException bad = BadInputException.in(catchThrowable(reading));
        assertThat(bad).as("an error").isNotNull();
        return assertThat(bad.getMessage()).doesNotContain("\n");
    }

    private static AbstractStringAssert<?> assertRefused(LoadedRows rows) {
        assertRefused(() -> rows.dataRows().foreach(nothing()));
        return assertRefused(() -> rows.blocks().foreach(nothing()));
    }

    private static <T> VoidFunction<T> nothing() {
        return row -> {};
    }

    /** What happens to a file. */
    private interface Change {
        void apply(Path file) throws IOException;
    }

    private static Change row(int row, String text) {
        return file -> {
            List<String> lines = CsvText.with(HEADER, ROWS);
            lines.set(row + 1, text);
            CsvText.write(file, lines);
        };
    }

    static Stream<Change> changes() {
        String last = ROWS.get(19_999);
        return Stream.of(
                row(10_000, "0,1,2,3,4,5"),
                row(19_999, last.substring(0, last.length() - 1) + "8"), // its label
                row(19_999, last.substring(0, last.length() - 1) + "09"), // a label that is the same as a number
                file -> {
                    List<String> swapped = CsvText.with(HEADER, ROWS);
                    swapped.set(11, ROWS.get(11));
                    swapped.set(12, ROWS.get(10));
                    CsvText.write(file, swapped);
                });
    }

    @ParameterizedTest
    @MethodSource("changes")
    void rows_otherFileAfterItsRowsWereDropped_areAnErrorThatNamesIt(Change change) throws IOException {
        LoadedRows rows = load();
        rows.close();
        change.apply(second);
        assertRefused(rows).startsWith(second + " has changed since it was first read");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19_999})
    void rows_shorterFile_areAnErrorThatNamesIt(int left) throws IOException {
        LoadedRows rows = load();
        rows.close();
        CsvText.write(second, CsvText.with(HEADER, ROWS.subList(0, left)));
        assertRefused(rows).startsWith(second.toString()).containsPattern("has changed|has become shorter");
    }

    @Test
    void rows_lostFromMemoryThatStillHoldsOthers_areAnErrorThatNamesTheFile() throws IOException {
        try (LoadedRows rows = load()) {
            row(10_000, "0,1,2,3,4,5").apply(first);
            rows.blocks().foreach(nothing()); // from memory
            spark.getPersistentRDDs()
                    .keySet()
                    .forEach(rdd -> SparkEnv.get().blockManager().master().removeRdd(rdd, true));
            assertRefused(rows).startsWith(first + " has changed since it was first read");
        }
    }

    @Test
    void rows_deletedFile_areAnErrorThatNamesIt() throws IOException {
        LoadedRows rows = load();
        rows.close();
        Files.delete(second);
        assertRefused(rows)
                .startsWith(second + " could be read at first and cannot be read again: the file cannot be opened")
                .contains("does not exist");
    }

    @Test
    void rows_firstOneOfAChangedFile_isAnError() throws IOException {
        LoadedRows rows = load();
        rows.close();
        row(0, "0,1,2,3,4,5").apply(first);
        assertRefused(() -> rows.dataRows().first()).startsWith(first + " has changed");
    }

    @Test
    void rows_sameOrAppendedFile_areThoseThatWereReadFirst() throws IOException {
        LoadedRows rows = load();
        rows.close();
        CsvText.write(second, CsvText.with(HEADER, ROWS));
        Files.writeString(first, "0,1,2,3,4,5\n", StandardOpenOption.APPEND);
        assertThat(rows.dataRows().count()).isEqualTo(40_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv.gz", "libsvm", "parquet"})
    void rows_otherFileOfAnyFormat_areAnErrorThatNamesIt(String kind) throws IOException {
        Path data = folder.resolve("rows." + kind);
        Path other = folder.resolve("other." + kind);
        write(data, "1");
        write(other, "2");
        LoadedRows rows = CsvLoader.load(spark, data.toString(), FOUR_PARTS);
        rows.close();
        Path part = part(data);
        Files.copy(part(other), part, StandardCopyOption.REPLACE_EXISTING);
        assertRefused(rows).startsWith(part + " has changed since it was first read");
        Files.delete(part);
        assertRefused(rows).startsWith(part + " c").contains("cannot be read").contains("does not exist");
    }

    private static void write(Path file, String value) throws IOException {
        switch (file.toString().substring(file.toString().lastIndexOf('.'))) {
            case ".libsvm" -> Files.writeString(file, "0 1:0.5 3:0." + value + "\n1 2:1\n");
            case ".parquet" ->
                SparkSession.builder()
                        .sparkContext(spark.sc())
                        .getOrCreate()
                        .sql("SELECT id / 7 AS a, 0." + value + " AS b, id % 2 AS label FROM range(5)")
                        .coalesce(1)
                        .write()
                        .parquet(file.toString());
            default -> CsvText.write(file, "a,b,label\n0,255,1\n3,4" + value + ",0\n");
        }
    }

    /** The file, or the only one that Spark has written into the folder; without the checksum that Hadoop would compare. */
    private static Path part(Path path) {
        if (!Files.isDirectory(path)) {
            return path;
        }
        try (Stream<Path> files = Files.list(path)) {
            Path part = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
            return part;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
