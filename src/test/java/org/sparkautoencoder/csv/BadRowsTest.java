package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.LocalSparkTest;
import org.sparkautoencoder.csv.CsvSettings.BadRows;

final class BadRowsTest extends LocalSparkTest {
    private static final int WIDTH = 8;
    private static final int ROWS = 300;
    private static final CsvSettings SKIP = CsvSettings.DEFAULTS.withBadRows(BadRows.SKIP, 0.01);

    @TempDir
    Path folder;

    /** Row 200 of two files with 150 rows each, so line 52 of the second, has a cell replaced. */
    private Path withCell(int column, String value) throws IOException {
        List<String> rows = CsvText.rows(ROWS, WIDTH, true);
        String[] cells = rows.get(200).split(",", -1);
        cells[column - 1] = value;
        rows.set(200, String.join(",", cells));
        return write(rows);
    }

    private Path write(List<String> rows) throws IOException {
        String header = CsvText.header(WIDTH);
        CsvText.write(folder.resolve("data/a.csv"), CsvText.with(header, rows.subList(0, 150)));
        CsvText.write(folder.resolve("data/b.csv"), CsvText.with(header, rows.subList(150, rows.size())));
        return folder.resolve("data");
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Path path, CsvSettings settings) {
        return assertRefused(path.toString(), settings);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(String path, CsvSettings settings) {
        Throwable thrown = catchThrowable(() -> CsvLoader.load(spark, path, settings));
        assertThat(thrown).isExactlyInstanceOf(BadInputException.class);
        assertThat(thrown.getMessage()).doesNotContain("\n");
        return assertThat(thrown);
    }

    @ParameterizedTest
    @CsvSource({
        "3, x, not a number",
        "3, '', missing value",
        "3, nan, missing value",
        "3, ?, missing value",
        "3, -Infinity, infinite",
        "3, 1e60, infinite",
        "3, -1, out of range",
        "3, 256, out of range",
        "9, '', no usable label"
    })
    void load_badCell_isNamedOrSkippedAndCounted(int column, String value, String reason) throws IOException {
        Path data = withCell(column, value);
        for (int partitions : new int[] {1, 23}) {
            assertRefused(data, CsvSettings.DEFAULTS.withPartitions(partitions))
                    .hasMessageContaining(folder.resolve("data/b.csv") + ", line 52, column " + column)
                    .hasMessageContaining("'" + value + "'");
            try (LoadedRows loaded = CsvLoader.load(spark, data.toString(), SKIP.withPartitions(partitions))) {
                assertThat(loaded.rows()).isEqualTo(ROWS - 1);
                assertThat(loaded.skipped()).isEqualTo(Map.of(reason, 1L));
                assertThat(loaded.dataRows().map(DataRow::id).collect())
                        .hasSize(ROWS - 1)
                        .isSorted()
                        .endsWith(ROWS - 2L);
                assertThat(loaded.labels().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(ROWS - 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2,3", "1,2,3,4,5,6,7,8,9,0", "1", "1,2,3,4,5,6,7,8,9,"})
    void load_wrongNumberOfColumns_isNamedOrSkipped(String row) throws IOException {
        List<String> rows = CsvText.rows(ROWS, WIDTH, true);
        rows.set(200, row);
        Path data = write(rows);
        assertRefused(data, CsvSettings.DEFAULTS.withPartitions(5))
                .hasMessageContaining("b.csv, line 52: " + row.split(",", -1).length + " columns instead of 9");
        try (LoadedRows loaded = CsvLoader.load(spark, data.toString(), SKIP)) {
            assertThat(loaded.skipped()).isEqualTo(Map.of("wrong number of columns", 1L));
        }
    }

    @Test
    void load_severalBadRows_namesTheFirstInFileOrder() throws IOException {
        List<String> rows = CsvText.rows(ROWS, WIDTH, true);
        for (int bad : new int[] {299, 260, 151, 149, 140}) {
            rows.set(bad, "bad" + bad);
        }
        Path data = write(rows);
        for (int partitions : new int[] {1, 2, 20}) {
            assertRefused(data, CsvSettings.DEFAULTS.withPartitions(partitions))
                    .hasMessageContaining("a.csv, line 142");
        }
    }

    @Test
    void load_moreBadRowsThanAllowed_stopsWithTheirNumberAndTheFirst() throws IOException {
        List<String> rows = CsvText.rows(ROWS, WIDTH, true);
        for (int bad = 0; bad < 4; bad++) {
            rows.set(bad * 50 + 20, "bad");
        }
        Path data = write(rows);
        assertRefused(data, SKIP)
                .hasMessageContaining("4 of 300")
                .hasMessageContaining("a.csv, line 22")
                .hasMessageContaining("--max-bad-rows");
        try (LoadedRows loaded = CsvLoader.load(spark, data.toString(), SKIP.withBadRows(BadRows.SKIP, 0.02))) {
            assertThat(loaded.skipped()).isEqualTo(Map.of("wrong number of columns", 4L));
        }
    }

    @Test
    void load_skippedRows_leaveTheDataSetWithoutThem() throws IOException {
        List<String> rows = CsvText.rows(ROWS, WIDTH, true);
        String clean;
        try (LoadedRows loaded = CsvLoader.load(spark, write(rows).toString(), CsvSettings.DEFAULTS)) {
            clean = loaded.fingerprint();
        }
        rows.add(77, "1,2,nan,0,0,0,0,0,1");
        rows.add(200, "");
        for (int partitions : new int[] {1, 31}) {
            try (LoadedRows loaded = CsvLoader.load(spark, write(rows).toString(), SKIP.withPartitions(partitions))) {
                assertThat(loaded.fingerprint()).isEqualTo(clean);
            }
        }
    }

    @Test
    void load_valueAbove1AmongFractions_isOutOfRange() throws IOException {
        List<String> rows = CsvText.rows(ROWS, WIDTH, false);
        rows.set(0, "0,0.5,1.7,0,0,0,0,0,1");
        Path data = write(rows);
        assertRefused(data, CsvSettings.DEFAULTS)
                .hasMessageContaining("a.csv, line 2, column 3, value '1.7'")
                .hasMessageContaining("--scale");
        try (LoadedRows loaded = CsvLoader.load(spark, data.toString(), SKIP)) {
            assertThat(loaded.scaling().largest()).isEqualTo(1);
            assertThat(loaded.skipped()).isEqualTo(Map.of("out of range", 1L));
        }
    }

    @Test
    void load_emptyOrHeaderOnly_isNamed() throws IOException {
        Path empty = CsvText.write(folder.resolve("empty.csv"), "");
        Path blank = CsvText.write(folder.resolve("blank.csv"), "\n\r\n");
        Path emptyGz = CsvText.write(folder.resolve("empty.csv.gz"), "");
        Path header = CsvText.write(folder.resolve("header.csv"), "a,b,label\n");
        for (CsvSettings settings : List.of(CsvSettings.DEFAULTS, SKIP)) {
            assertRefused(empty, settings).hasMessageContaining("empty.csv is empty");
            assertRefused(blank, settings).hasMessageContaining("blank.csv is empty");
            assertRefused(emptyGz, settings).hasMessageContaining("empty.csv.gz is empty");
            assertRefused(header, settings).hasMessageContaining("header.csv");
        }
    }

    @Test
    void load_emptyFileAmongOthers_isNamedOrPassedOver() throws IOException {
        Path data = write(CsvText.rows(ROWS, WIDTH, true));
        CsvText.write(data.resolve("aa.csv"), "");
        CsvText.write(data.resolve("ab.csv"), CsvText.header(WIDTH) + "\n");
        assertRefused(data, CsvSettings.DEFAULTS).hasMessageContaining("aa.csv");
        try (LoadedRows loaded = CsvLoader.load(spark, data.toString(), SKIP)) {
            assertThat(loaded.rows()).isEqualTo(ROWS);
            assertThat(loaded.skipped()).isEqualTo(Map.of("no rows in a file", 2L));
        }
    }

    @Test
    void load_pathsWithoutFiles_areNamed() throws IOException {
        Files.createDirectories(folder.resolve("nothing/deeper"));
        assertRefused(folder.resolve("nothing"), SKIP).hasMessageContaining("without files");
        assertRefused(folder.resolve("none.csv"), SKIP).hasMessageContaining("none.csv does not exist");
        assertRefused(folder.resolve("none-*.csv"), SKIP).hasMessageContaining("none-*.csv does not exist");
        assertRefused("nosuchscheme://host/a.csv", SKIP).hasMessageContaining("nosuchscheme");
        assertRefused("", SKIP).hasMessageContaining("no path");
    }

    @Test
    void load_damagedCompressedFile_isNamedEvenWhereBadRowsAreSkipped() throws IOException {
        Path file = CsvText.write(
                folder.resolve("rows.csv.gz"), CsvText.with(CsvText.header(WIDTH), CsvText.rows(20_000, WIDTH, true)));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - bytes.length / 4));
        assertRefused(file, SKIP).hasMessageContaining("rows.csv.gz").hasMessageContaining("damaged or cut short");
    }

    @Test
    void load_headerOfAnotherShapeInALaterFile_isABadRow() throws IOException {
        Path data = write(CsvText.rows(ROWS, WIDTH, true));
        CsvText.write(data.resolve("c.csv"), List.of("label,x", "1,2"));
        assertRefused(data, CsvSettings.DEFAULTS).hasMessageContaining("c.csv, line 1: 2 columns instead of 9");
    }

    @Test
    void load_controlCharactersInACell_areQuotedEscaped() throws IOException {
        Path data = withCell(3, "1\u001b[31mred\u0007");
        assertRefused(data, CsvSettings.DEFAULTS)
                .hasMessageContaining("line 52, column 3, value '1\\u001b[31mred\\u0007'");
    }

    @Test
    void settings_outOfRange_areRefusedWithTheValue() {
        assertThatThrownBy(() -> CsvSettings.DEFAULTS.withLabelColumns(List.of("0")))
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> CsvSettings.DEFAULTS.withPartitions(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> CsvSettings.DEFAULTS.withBadRows(BadRows.SKIP, 1.5))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> ScaleSetting.of("-2")).hasMessageContaining("got -2");
        assertThatThrownBy(() -> ScaleSetting.of("x")).hasMessageContaining("got x");
        assertThatThrownBy(() -> CsvSettings.delimiter("ab")).hasMessageContaining("got ab");
    }
}
