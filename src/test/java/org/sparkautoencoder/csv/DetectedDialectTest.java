package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.LocalSparkTest;

/** What is told from the first rows of a data set, over all its files. */
final class DetectedDialectTest extends LocalSparkTest {
    private static final CsvSettings AUTO = CsvSettings.DEFAULTS;

    @TempDir
    private Path temp;

    private LoadedRows load(String text, CsvSettings settings) throws IOException {
        return CsvLoader.load(
                spark, CsvText.write(temp.resolve("digits.csv"), text).toString(), settings.withPartitions(3));
    }

    private LoadedRows load(List<String> lines, CsvSettings settings) throws IOException {
        return load(String.join("\n", lines), settings);
    }

    /** "label: pixels" for each row. */
    private static List<String> rows(LoadedRows digits) {
        return digits.dataRows().collect().stream()
                .map(digit -> label(digits, digit) + ": " + java.util.Arrays.toString(digit.values()))
                .toList();
    }

    private static String label(LoadedRows rows, DataRow row) {
        return row.label() == DataRow.UNLABELLED ? "" : rows.classes().name(row.label());
    }

    @Test
    void label_otherNameQuotesAndCase_isFound() throws IOException {
        List<String> lines = CsvText.rows(20, 5, true);
        List<String> expected = rows(load(CsvText.with(CsvText.header(5), lines), AUTO));
        assertThat(rows(load(CsvText.with("a,b,c,d,e,\"Label\"", lines), AUTO))).isEqualTo(expected);
        assertThat(rows(load(CsvText.with("a,b,c,d,e,Größe", lines), AUTO.withLabelColumns(List.of("größe")))))
                .isEqualTo(expected);
        assertThat(rows(load(
                        CsvText.with("0,1,2,3,4,5", lines),
                        AUTO.withLabelColumns(List.of("6")).withUnlabelled(true))))
                .isEqualTo(expected);
    }

    @Test
    void scale_firstFileSaysNothing_isThatOfTheFirstRows() throws IOException {
        List<String> rows = List.of("0,1,3", "1,0,4", "0.5,200,5", "255,255,6");
        LoadedRows whole = load(CsvText.with("a,b,label", rows), AUTO);
        for (int i = 0; i < rows.size(); i++) {
            CsvText.write(temp.resolve("many/" + i + ".csv"), List.of("a,b,label", rows.get(i)));
        }
        LoadedRows many = CsvLoader.load(spark, temp.resolve("many").toString(), AUTO);
        assertThat(many.fingerprint()).isEqualTo(whole.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 784, 100_000})
    void width_any_followsTheData(int width) throws IOException {
        String row = "0.5,".repeat(width);
        LoadedRows digits = load("p,".repeat(width) + "label\n" + row + "3\n" + row + "4\n", AUTO);
        assertThat(digits.width()).isEqualTo(width);
        assertThat(digits.labels()).isEqualTo(Map.of("3", 1L, "4", 1L));
        assertThat(digits.dataRows().first().values()).hasSize(width).containsOnly(0.5f);
    }

    @Test
    void testSet_isReadLikeItsTrainSet() throws IOException {
        LoadedRows train = load("0,200,3\n0,100,4\n", AUTO.withLabelColumns(List.of("last")));
        Path test = CsvText.write(temp.resolve("test.csv"), "0,1,1\n1,0,1\n");
        LoadedRows like = CsvLoader.loadLike(train.schema(), spark, test.toString(), AUTO);
        assertThat(like.schema().labels()).containsExactly(2);
        assertThat(rows(like)).containsExactly("1: [0.0, 0.003921569]", "1: [0.003921569, 0.0]");
        Path wider = CsvText.write(temp.resolve("wider.csv"), "a,b,c,label\n0,1,1,1\n");
        assertThatThrownBy(() -> CsvLoader.loadLike(train.schema(), spark, wider.toString(), AUTO))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("has rows of 3 values, the training rows have 2");
    }

    @Test
    void headers_thatDiffer_areRefusedEvenWhenBadRowsAreSkipped() throws IOException {
        CsvText.write(temp.resolve("two/1.csv"), "a,b,label\n0,1,1\n");
        CsvText.write(temp.resolve("two/2.csv"), "label,a,b\n1,0,1\n");
        CsvSettings skip = AUTO.withBadRows(CsvSettings.BadRows.SKIP, 1);
        assertThatThrownBy(() -> CsvLoader.load(spark, temp.resolve("two").toString(), skip))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("2.csv, line 1: column 1 is called 'label' here and 'a'");
        CsvText.write(temp.resolve("two/0.csv"), "0,200,1\n0,100,2\n");
        assertThatThrownBy(() ->
                        CsvLoader.load(spark, temp.resolve("two").toString(), skip.withLabelColumns(List.of("last"))))
                .hasMessageContaining("1.csv, line 1: this is a header");
    }

    @Test
    void label_thatCannotBeTold_isAskedFor() {
        assertThatThrownBy(() -> load("0,1,1\n1,0,0\n", AUTO))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cannot be told")
                .hasMessageContaining("--label-column");
        assertThatThrownBy(() -> load("a,b,c\n1,0,0\n", AUTO))
                .hasMessageContaining("digit, species, y; say --label-column NAME (the header has a, b, c)")
                .hasMessageContaining("--unlabelled");
        assertThatThrownBy(() -> load("label,b,label\n1,0,0\n", AUTO)).hasMessageContaining("columns 1 and 3");
        assertThatThrownBy(() -> load("1,0\n", AUTO.withLabelColumns(List.of("3"))))
                .hasMessageContaining("so no column 3 (--label-column)");
    }
}
