package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.LocalSparkTest;

/** Damage is never taken for data, whatever may be skipped. */
final class UnreadableFilesTest extends LocalSparkTest {
    private static final CsvSettings FAIL = CsvSettings.DEFAULTS;

    @TempDir
    private Path temp;

    private static CsvSettings skip(double most) {
        return FAIL.withBadRows(CsvSettings.BadRows.SKIP, most);
    }

    private static LoadedRows load(Path path, CsvSettings settings) {
        return CsvLoader.load(spark, path.toString(), settings);
    }

    /** The one line that the user reads. */
    private static AbstractStringAssert<?> assertRefused(Path path, CsvSettings settings) {
        return assertThat(catchThrowableOfType(BadInputException.class, () -> load(path, settings)))
                .isNotNull()
                .message()
                .doesNotContain("\n");
    }

    /** The second of two bad rows lies where its task finds it long before the other. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    void badRows_firstInTheFilesOrder_isNamed(int partitions) throws IOException {
        List<String> rows = CsvText.with(CsvText.header(5), CsvText.rows(5_000, 5, true));
        rows.set(4_000, "1,2,3,4,first,5");
        rows.set(4_500, "1,2,3");
        Path first = CsvText.write(temp.resolve("two/a.csv"), rows);
        CsvText.write(temp.resolve("two/b.csv"), List.of(CsvText.header(5), "bad"));
        Files.write(temp.resolve("two/c.csv.gz"), new byte[] {1, 2, 3});
        assertRefused(temp.resolve("two"), FAIL.withPartitions(partitions))
                .startsWith(first + ", line 4001, column 5, value 'first': a value must be a number");
    }

    @Test
    void badRows_allOfThem_areAnErrorWhateverTheLimit() throws IOException {
        Path file = CsvText.write(temp.resolve("digits.csv"), "a,label\nx,1\ny,2\n");
        assertRefused(file, skip(1)).contains("no row can be used", "not a number=2", "line 2, column 1, value 'x'");
    }

    @ParameterizedTest
    @ValueSource(strings = {".gz", ".bz2"})
    void compressedFile_cutShort_isRefusedWhateverTheLimit(String suffix) throws IOException {
        List<String> rows = CsvText.with(CsvText.header(5), CsvText.rows(80_000, 5, true)); // 2 blocks of bzip2
        Path file = CsvText.write(temp.resolve("some/a.csv" + suffix), rows);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length * 9 / 10));
        assertRefused(file, FAIL).startsWith(file + ", line ").contains("damaged or cut short");
        assertRefused(file, skip(1)).startsWith(file + ", line ").contains("damaged or cut short");
        Files.write(file, Arrays.copyOf(bytes, 20));
        assertRefused(file, FAIL).contains(file.toString());
        Files.writeString(file, "a,label\n0,1\n");
        assertRefused(file, FAIL).contains(file + " cannot be read");
        CsvText.write(file, "");
        assertRefused(file, FAIL).contains(file + " is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {".gz", ".bz2"})
    void compressedFile_aFlippedBit_neverGivesOtherRows(String suffix) throws IOException {
        List<String> rows = CsvText.with(CsvText.header(5), CsvText.rows(3_000, 5, true));
        Path file = CsvText.write(temp.resolve("a.csv" + suffix), rows);
        byte[] bytes = Files.readAllBytes(file);
        String fingerprint = load(file, FAIL).fingerprint();
        int refused = 0;
        for (int at : new int[] {0, 5, 9, 20, bytes.length / 3, bytes.length / 2, bytes.length - 6}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            try {
                assertThat(load(file, FAIL).fingerprint()).as("byte %d", at).isEqualTo(fingerprint);
            } catch (BadInputException e) {
                assertThat(e).hasMessageContaining(file.toString());
                refused++;
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(4); // the others hit what says nothing about the rows
    }

    @Test
    void textFile_thatIsNone_isRefused() throws IOException {
        byte[] zeros = new byte[65 << 20];
        byte[] digits = new byte[zeros.length];
        Arrays.fill(digits, (byte) '7');
        Path file = temp.resolve("zeros.csv");
        Files.write(file, zeros);
        assertRefused(file, FAIL).contains(file.toString(), "it is a binary file, not text");
        Files.write(file, digits);
        assertRefused(file, FAIL).contains(file.toString(), "longer than 64 MiB");
        List<String> rows = new ArrayList<>(CsvText.rows(1_200, 5, true));
        rows.add(0, CsvText.header(5));
        CsvText.write(file, String.join("\n", rows) + "\n" + new String(zeros, StandardCharsets.US_ASCII));
        assertRefused(file, skip(1)).startsWith(file + ", line 1202").contains("longer than 64 MiB");
    }

    @Test
    void file_thatCannotBeOpened_isNamed() throws IOException {
        CsvText.write(temp.resolve("some/a.csv"), CsvText.with(CsvText.header(5), CsvText.rows(1_100, 5, true)));
        Path other =
                CsvText.write(temp.resolve("some/b.csv"), CsvText.with(CsvText.header(5), CsvText.rows(10, 5, true)));
        Path sums = other.resolveSibling(".b.csv.crc");
        Files.write(sums, new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4}); // Hadoop checks these sums
        assertRefused(temp.resolve("some"), FAIL).contains(other.toString(), "cannot be read");
    }
}
