package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.LocalSparkTest;

final class CsvDialectTest extends LocalSparkTest {
    private static final int WIDTH = 6;
    private static final int ROWS = 40;
    private static final CsvSettings THREE_PARTS = CsvSettings.DEFAULTS.withPartitions(3);

    @TempDir
    Path folder;

    private LoadedRows load(String text, CsvSettings settings) throws IOException {
        return CsvLoader.load(
                spark, CsvText.write(folder.resolve("rows.csv"), text).toString(), settings);
    }

    private LoadedRows load(List<String> lines, CsvSettings settings) throws IOException {
        return load(String.join("\n", lines) + "\n", settings);
    }

    private static List<String> rows() {
        return CsvText.rows(ROWS, WIDTH, true);
    }

    private static List<String> labelAt(int column, List<String> rows) {
        List<String> result = new ArrayList<>();
        rows.forEach(row -> result.add(CsvText.labelAt(row, column)));
        return result;
    }

    private String expected() throws IOException {
        try (LoadedRows loaded = load(CsvText.with(CsvText.header(WIDTH), rows()), CsvSettings.DEFAULTS)) {
            assertThat(loaded.rows()).isEqualTo(ROWS);
            assertThat(loaded.width()).isEqualTo(WIDTH);
            assertThat(loaded.labels()).hasSize(10).values().containsOnly(4L);
            assertThat(loaded.skipped()).isEmpty();
            return loaded.fingerprint();
        }
    }

    private void assertSameRows(LoadedRows loaded, String fingerprint) {
        try (loaded) {
            assertThat(loaded.fingerprint()).isEqualTo(fingerprint);
            List<DataRow> digits = loaded.dataRows().collect();
            List<String> rows = rows();
            for (int row = 0; row < ROWS; row++) {
                String[] cells = rows.get(row).split(",", -1);
                assertThat(digits.get(row).id()).isEqualTo(row);
                assertThat(digits.get(row).label()).isEqualTo(row % 10);
                for (int i = 0; i < WIDTH; i++) {
                    assertThat(digits.get(row).values()[i]).isEqualTo(Integer.parseInt(cells[i]) / 255f);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, WIDTH})
    void load_labelAnywhereInAHeader_isFound(int column) throws IOException {
        List<String> lines = CsvText.with(CsvText.labelAt(CsvText.header(WIDTH), column), labelAt(column, rows()));
        assertSameRows(load(lines, THREE_PARTS), expected());
    }

    @Test
    void load_rowIdAndErrorFirst_areLeftOut() throws IOException {
        for (String names : List.of("row_id,error,", "row_id,")) {
            String cells = names.equals("row_id,") ? "17," : "17,1.0E-3,";
            List<String> lines = new ArrayList<>(List.of(names + CsvText.header(WIDTH)));
            rows().forEach(row -> lines.add(cells + row));
            assertSameRows(load(lines, THREE_PARTS), expected());
        }
        assertThatThrownBy(() -> load(List.of("row_id,error,label", "1,2,3"), THREE_PARTS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no values besides the label");
        assertThatThrownBy(() -> load(List.of("row_id,error,0,label", "1,0.5,0.2,3", "1,0.5,0.2"), THREE_PARTS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("3 columns instead of 4");
        assertThatThrownBy(() -> load(List.of("row_id,error,0,label", "1,0.5,x,3"), THREE_PARTS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("column 3");
        try (LoadedRows unlabelled =
                load(List.of("row_id,error,0,1,label", "0,0.5,1.0E-5,1,"), THREE_PARTS.withUnlabelled(true))) {
            DataRow digit = unlabelled.dataRows().collect().get(0);
            assertThat(digit.label()).isEqualTo(DataRow.UNLABELLED);
            assertThat(digit.values()).containsExactly(1e-5f, 1f);
        }
    }

    @Test
    void load_noHeader_takesTheLabelAsTold() throws IOException {
        String expected = expected();
        assertSameRows(load(labelAt(0, rows()), THREE_PARTS.withLabelColumns(List.of("first"))), expected);
        assertSameRows(load(rows(), THREE_PARTS.withLabelColumns(List.of("last"))), expected);
        assertSameRows(load(labelAt(2, rows()), THREE_PARTS.withLabelColumns(List.of("3"))), expected);
        List<String> named = CsvText.with("a,b,c,\"Digit\",d,e,f", labelAt(3, rows()));
        assertSameRows(load(named, THREE_PARTS.withLabelColumns(List.of("digit"))), expected);
    }

    @Test
    void load_noHeaderAroundSquarePictures_findsTheLabelAtEitherEnd() throws IOException {
        List<String> rows = CsvText.rows(ROWS, 9, true);
        try (LoadedRows last = load(rows, THREE_PARTS);
                LoadedRows first = load(labelAt(0, rows), THREE_PARTS)) {
            assertThat(last.labels()).hasSize(10).values().containsOnly(4L);
            assertThat(first.fingerprint()).isEqualTo(last.fingerprint());
        }
        List<String> eight = CsvText.rows(ROWS, 8, true); // 9 columns form a picture without a label
        assertThatThrownBy(() -> load(eight, THREE_PARTS))
                .hasMessageContaining("9 columns without names")
                .hasMessageContaining("--label-column last");
    }

    @Test
    void load_noHeaderAndFirstAndLastBothLikeLabels_isRefused() {
        List<String> alike = List.of("1,0,0,2", "3,0,0,4", "1,200,0,3");
        assertThatThrownBy(() -> load(alike, THREE_PARTS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("--label-column");
    }

    @Test
    void load_headerWithoutLabel_isRefusedUnlessUnlabelled() throws IOException {
        List<String> lines = List.of("a,b,c", "1,2,3", "4,5,255");
        assertThatThrownBy(() -> load(lines, THREE_PARTS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("--label-column NAME (the header has a, b, c), or --unlabelled");
        try (LoadedRows loaded = load(lines, THREE_PARTS.withUnlabelled(true))) {
            assertThat(loaded.width()).isEqualTo(3);
            assertThat(loaded.labels()).isEmpty();
            assertThat(loaded.dataRows().first().label()).isEqualTo(DataRow.UNLABELLED);
        }
    }

    @Test
    void load_unlabelled_takesTheLabelsThatThereAre() throws IOException {
        List<String> lines = List.of("a,label,c", "1,x,3", "4,,255", "4,7,255");
        try (LoadedRows loaded = load(lines, THREE_PARTS.withUnlabelled(true))) {
            assertThat(loaded.dataRows().map(DataRow::label).collect()).containsExactly(1, -1, 0);
            assertThat(loaded.classes().names()).containsExactly("7", "x");
            assertThat(loaded.width()).isEqualTo(2);
        }
        try (LoadedRows loaded = load(List.of("1,2,3", "4,5,255"), THREE_PARTS.withUnlabelled(true))) {
            assertThat(loaded.width()).isEqualTo(3);
            assertThat(loaded.rows()).isEqualTo(2);
        }
        try (LoadedRows loaded = load(List.of("0,1,2,3", "4,5,255,9"), THREE_PARTS.withUnlabelled(true))) {
            assertThat(loaded.rows()).isEqualTo(1); // 0,1,2,3 is a header
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crlf", "bom", "bom and crlf", "blank last line", "no last newline", "spaces", "decimals"})
    void load_otherWaysToWriteTheSame_giveTheSame(String way) throws IOException {
        String text = String.join("\n", CsvText.with(CsvText.header(WIDTH), rows())) + "\n";
        String written = switch (way) {
            case "crlf" -> text.replace("\n", "\r\n");
            case "bom" -> "\ufeff" + text;
            case "bom and crlf" -> "\ufeff" + text.replace("\n", "\r\n");
            case "blank last line" -> text + "\r\n \n";
            case "no last newline" -> text.stripTrailing();
            case "spaces" -> text.replace(",", " , ");
            default -> text.replaceAll("(?m),(\\d)", ",+$1").replace(",+0,", ",0.000e+00,");
        };
        String expected = expected();
        for (int partitions : new int[] {1, 40}) {
            assertSameRows(load(written, CsvSettings.DEFAULTS.withPartitions(partitions)), expected);
        }
        if (way.startsWith("bom")) {
            String headerless = written.substring(0, 1) + written.substring(written.indexOf('\n') + 1);
            assertSameRows(load(headerless, THREE_PARTS.withLabelColumns(List.of("last"))), expected);
        }
    }

    @Test
    void load_onlyTheLastPartHasValuesAbove1_scalesAllOfIt() throws IOException {
        List<String> dark = new ArrayList<>(Collections.nCopies(2000, "0,1,0,3"));
        try (LoadedRows loaded = load(CsvText.with("a,b,c,label", dark), THREE_PARTS)) {
            assertThat(loaded.scaling().largest()).isEqualTo(1);
            assertThat(loaded.dataRows().first().values()).containsExactly(0, 1, 0);
        }
        dark.add("0,1,255,3");
        try (LoadedRows loaded = load(CsvText.with("a,b,c,label", dark), CsvSettings.DEFAULTS.withPartitions(5))) {
            assertThat(loaded.scaling().largest()).isEqualTo(255);
            assertThat(loaded.dataRows().first().values()).containsExactly(0, 1 / 255f, 0);
        }
    }

    @Test
    void load_pixelScaleGiven_isObeyed() throws IOException {
        List<String> lines = List.of("a,b,label", "0,1,3", "1,0,4");
        try (LoadedRows one = load(lines, THREE_PARTS.withScale(ScaleSetting.range(1)));
                LoadedRows bytes = load(lines, THREE_PARTS.withScale(ScaleSetting.range(255)))) {
            assertThat(one.dataRows().first().values()).containsExactly(0, 1);
            assertThat(bytes.dataRows().first().values()).containsExactly(0, 1 / 255f);
            assertThat(one.fingerprint()).isNotEqualTo(bytes.fingerprint());
        }
    }

    @Test
    void load_fractionsUpTo1_areTakenAsTheyStand() throws IOException {
        try (LoadedRows loaded = load(List.of("a,b,label", "0.4980,1,3", "1e-3,0.003922,4"), THREE_PARTS)) {
            List<DataRow> digits = loaded.dataRows().collect();
            assertThat(digits.get(0).values()).containsExactly(0.4980f, 1f);
            assertThat(digits.get(1).values()).containsExactly(1e-3f, 0.003922f);
        }
    }

    @Test
    void loadLike_testSet_hasTheTrainSetsScaleAndWidth() throws IOException {
        Path test = CsvText.write(folder.resolve("test.csv"), List.of("label,a,b", "3,0,1"));
        Path wide = CsvText.write(folder.resolve("wide.csv"), List.of("label,a,b,c", "3,0,1,1"));
        Path headerless = CsvText.write(folder.resolve("headerless.csv"), List.of("1,2,7"));
        try (LoadedRows train = load(List.of("a,b,label", "0,255,3"), THREE_PARTS)) {
            LoadedRows loaded = CsvLoader.loadLike(train.schema(), spark, test.toString(), THREE_PARTS);
            assertThat(loaded.dataRows().first().values()).containsExactly(0, 1 / 255f);
            assertThatThrownBy(() -> CsvLoader.loadLike(train.schema(), spark, wide.toString(), THREE_PARTS))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("wide.csv, line 1: the training rows have no column 'c'")
                    .hasMessageContaining("--ignore-columns");
        }
        try (LoadedRows train = load(List.of("0,255,3", "0,128,4"), THREE_PARTS.withLabelColumns(List.of("last")))) {
            LoadedRows loaded = CsvLoader.loadLike(train.schema(), spark, headerless.toString(), THREE_PARTS);
            assertThat(loaded.classes().name(loaded.dataRows().first().label())).isEqualTo("7");
        }
    }

    @Test
    void load_globFolderAndNamesWithSpaces_areReadInTheOrderOfPaths() throws IOException {
        Path data = folder.resolve("my data [1]");
        CsvText.write(data.resolve("b.csv"), List.of("a,label", "2,1", "9,1"));
        CsvText.write(data.resolve("a.csv"), List.of("a,label", "1,0"));
        CsvText.write(data.resolve("sub/c.csv"), List.of("a,label", "3,2"));
        CsvText.write(data.resolve("_SUCCESS"), "");
        CsvText.write(data.resolve(".hidden.csv"), "rubbish");
        CsvSettings settings = CsvSettings.DEFAULTS.withScale(ScaleSetting.range(255));
        try (LoadedRows loaded = CsvLoader.load(spark, data.toString(), settings)) {
            assertThat(loaded.dataRows()
                            .map(d -> Math.round(d.values()[0] * 255))
                            .collect())
                    .containsExactly(1, 2, 9, 3);
        }
        Path plain = folder.resolve("plain");
        CsvText.write(plain.resolve("x1.csv"), List.of("a,label", "1,0"));
        CsvText.write(plain.resolve("x2.csv"), List.of("a,label", "2,0"));
        CsvText.write(plain.resolve("y.csv"), List.of("a,label", "3,0"));
        for (String glob : List.of(plain + "/x*.csv", "file:" + plain + "/x[12].csv", plain + "/{x1,x2}.csv")) {
            try (LoadedRows loaded = CsvLoader.load(spark, glob, settings)) {
                assertThat(loaded.rows()).isEqualTo(2);
            }
        }
    }
}
