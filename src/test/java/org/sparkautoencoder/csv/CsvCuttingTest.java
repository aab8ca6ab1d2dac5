package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.LocalSparkTest;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;
import org.sparkautoencoder.shards.Shards;

/** The same rows make the same shards, however they lie in files and however these are cut. */
final class CsvCuttingTest extends LocalSparkTest {
    private static final List<String> ROWS = CsvText.rows(60, 5, true);

    @TempDir
    private static Path temp;

    private static Path whole;
    private static List<ByteBuffer> expected;
    private static String fingerprint;

    @BeforeAll
    static void start() throws IOException {
        whole = CsvText.write(temp.resolve("whole.csv"), CsvText.with(CsvText.header(5), ROWS));
        try (LoadedRows rows = load(whole.toString(), 1)) {
            expected = shards(rows, 1);
            fingerprint = rows.fingerprint();
        }
    }

    private static LoadedRows load(String path, int partitions) {
        return CsvLoader.load(spark, path, CsvSettings.DEFAULTS.withPartitions(partitions));
    }

    /** Fixed noise, 3 shards, minibatches of 4 rows. */
    private static List<ByteBuffer> shards(LoadedRows rows, int partitions) {
        MaskingNoise noise = new MaskingNoise(0.4, 0.2, 7, MaskingNoise.Mode.FIXED);
        List<Shard> shards = new ArrayList<>(Shards.of(rows, new Sharding(rows.rows(), 3, 4, 7), partitions)
                .map(noise::noised)
                .collect());
        shards.sort(Comparator.comparing(Shard::index));
        return shards.stream().map(CsvCuttingTest::bytes).toList();
    }

    private static ByteBuffer bytes(Shard shard) {
        ByteBuffer bytes = ByteBuffer.allocate(
                (Long.BYTES + Short.BYTES) * shard.rows() + 2 * Float.BYTES * shard.inputs().length);
        bytes.asLongBuffer().put(shard.ids());
        bytes.position(Long.BYTES * shard.rows()).asShortBuffer().put(shard.labels());
        bytes.position((Long.BYTES + Short.BYTES) * shard.rows());
        bytes.asFloatBuffer().put(shard.inputs()).put(shard.targets());
        return bytes.rewind();
    }

    private static void assertSame(String path, int partitions) {
        try (LoadedRows rows = load(path, partitions)) {
            assertThat(rows.fingerprint()).isEqualTo(fingerprint);
            assertThat(shards(rows, 2)).isEqualTo(expected);
        }
    }

    /** Nine files of unequal lengths whose names are in the rows' order. */
    private static Path files(String folder, String suffix, boolean headers) throws IOException {
        int at = 0;
        for (int file = 0; file < 9; file++) {
            int end = file == 8 ? ROWS.size() : at + file + 1;
            List<String> rows = ROWS.subList(at, end);
            CsvText.write(
                    temp.resolve(String.format(Locale.ROOT, "%s/part-%d%s", folder, file, suffix)),
                    headers || file == 0 ? CsvText.with(CsvText.header(5), rows) : rows);
            at = end;
        }
        return temp.resolve(folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 17, 131})
    void shards_anyNumberOfPartitions_sameBytes(int partitions) {
        assertSame(whole.toString(), partitions);
    }

    @ParameterizedTest
    @ValueSource(strings = {".csv", ".csv.gz", ".csv.bz2"})
    void shards_anyNumberOfFilesPlainOrCompressed_sameBytes(String suffix) throws IOException {
        Path folder = files("headers" + suffix, suffix, true);
        assertSame(folder.toString(), 0);
        assertSame(folder.toString(), 20);
        assertSame(files("one-header" + suffix, suffix, false).toString(), 5);
        Path single = CsvText.write(temp.resolve("single" + suffix), CsvText.with(CsvText.header(5), ROWS));
        assertSame(single.toString(), 4);
    }

    @Test
    void shards_bzip2OfManyBlocks_sameAsPlain() throws IOException {
        List<String> rows = CsvText.rows(150_000, 5, true); // 2.2 MB: a block has 900 kB
        Path plain = CsvText.write(temp.resolve("blocks.csv"), rows);
        Path packed = CsvText.write(temp.resolve("blocks.csv.bz2"), rows);
        CsvSettings settings = CsvSettings.DEFAULTS.withLabelColumns(List.of("last"));
        try (LoadedRows a = CsvLoader.load(spark, plain.toString(), settings);
                LoadedRows b = CsvLoader.load(spark, packed.toString(), settings.withPartitions(7))) {
            assertThat(b.rows()).isEqualTo(150_000);
            assertThat(b.fingerprint()).isEqualTo(a.fingerprint());
        }
    }

    @Test
    void path_globFolderOrUri_sameBytes() throws IOException {
        Path folder = files("glob", ".csv", true);
        Files.writeString(folder.resolve("_SUCCESS"), "");
        Files.writeString(folder.resolve(".hidden"), "no row");
        Files.writeString(folder.resolve("zzz.csv"), "no row");
        assertSame(folder + "/part-*.csv", 3);
        assertSame(folder + "/part-[0-8].{csv,gz}", 3);
        Files.delete(folder.resolve("zzz.csv"));
        assertSame(folder + "/*", 3);
        assertSame(folder.toString(), 3);
        assertSame(folder + "/", 3);
        assertSame(folder.toUri().toString(), 3);
        Path deeper = Files.createDirectories(temp.resolve("deeper/with a space/and [brackets]"));
        Files.copy(whole, deeper.resolve("a b.csv"));
        assertSame(temp.resolve("deeper").toString(), 3);
        assertSame(deeper.resolve("a b.csv").toString(), 3);
    }

    @Test
    void lines_cutAtAnyByte_eachOnce() throws IOException {
        String text = "\uFEFFfirst,1\r\n\r\n2,ü\n\n\nlonger than the others,3\n4";
        Path file = CsvText.write(temp.resolve("cut/lines.csv"), text);
        long length = Files.size(file);
        List<String> all = lines(file, 0, length);
        assertThat(all).containsExactly("\uFEFFfirst,1", "", "2,ü", "", "", "longer than the others,3", "4");
        for (long a = 0; a <= length; a++) {
            for (long b = a; b <= Math.min(length, a + 3); b++) {
                List<String> parts = new ArrayList<>(lines(file, 0, a));
                parts.addAll(lines(file, a, b));
                parts.addAll(lines(file, b, length));
                assertThat(parts).as("cut at %d and %d", a, b).isEqualTo(all);
            }
        }
    }

    private static List<String> lines(Path file, long start, long end) throws IOException {
        List<String> found = new ArrayList<>();
        InputFiles.Split split = new InputFiles.Split(0, file.toString(), start, end);
        try (LineReader lines = InputFiles.open(new Configuration(), split)) {
            while (lines.advance() && lines.offset() < end) {
                found.add(lines.text());
            }
        }
        return found;
    }

    @Test
    void lines_longerThanTheBuffer_areWhole() throws IOException {
        byte[] line = "x".repeat(3_000_000).getBytes(StandardCharsets.US_ASCII);
        Path file = CsvText.write(temp.resolve("cut/long.csv"), "a\n" + new String(line, StandardCharsets.US_ASCII));
        assertThat(lines(file, 0, Files.size(file))).extracting(String::length).containsExactly(1, 3_000_000);
    }
}
