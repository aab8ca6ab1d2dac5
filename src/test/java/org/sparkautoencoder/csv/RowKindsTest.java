package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.LocalSparkTest;
import org.sparkautoencoder.csv.CsvSettings.Missing;

/** Files of the kinds that people have, each read as it was meant, or refused with what to do. */
final class RowKindsTest extends LocalSparkTest {
    private static final CsvSettings AUTO = CsvSettings.DEFAULTS;
    private static final CsvSettings UNLABELLED = AUTO.withUnlabelled(true);

    @TempDir
    Path folder;

    private static String path(String file) {
        return Path.of("src/test/resources/rows").resolve(file).toString();
    }

    private static LoadedRows load(String file, CsvSettings settings) {
        return CsvLoader.load(spark, path(file), settings);
    }

    private static List<float[]> values(LoadedRows rows) {
        return rows.dataRows().map(DataRow::values).collect();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            allquoted.csv             | 100 | 0 1 2 3         | scale 0..255 |
            comment.csv               | 100 | 0 1 2 3         | scale 0..255 | left out: 1 line (comment)
            floatlabels.csv           | 200 | 0 1 2 3         | scale 0..255 |
            header_twice.csv          | 60  | 0 1 2 3         | scale 0..255 | left out: 1 line (repeated header)
            index_200.csv             | 200 | 0 1 2 3         | scale 0..255 | left out: column 1, which numbers the rows
            index_300.csv             | 300 | 0 1 2 3         | scale 0..255 | left out: column 'Unnamed: 0', which numbers the rows
            labels1to10.csv           | 200 | 1 2 3 4 5 6 7 8 9 10 | scale 0..255 |
            libsvm.txt                | 200 | 1 2 3 4         | scale 0..1   |
            named_Label.csv           | 100 | 0 1 2 3         | scale 0..255 | label in 'Label' (column 17)
            named_class.csv           | 100 | 0 1 2 3         | scale 0..255 | label in 'class' (column 17)
            named_digit.csv           | 100 | 0 1 2 3         | scale 0..255 | label in 'digit' (column 17)
            named_target.csv          | 100 | 0 1 2 3         | scale 0..255 | label in 'target' (column 17)
            named_y.csv               | 100 | 0 1 2 3         | scale 0..255 | label in 'y' (column 17)
            percent.csv               | 50  | 0 1 2 3         | scale 0..100 |
            quotedlabels.csv          | 200 | 0 1 2 3         | scale 0..255 |
            savetxt.csv               | 100 | 0 1 2 3         | scale 0..255 | label in column 1
            scale16.csv               | 400 | 0 1 2 3         | scale 0..15  | values 0..15
            scale16_as_0_1.csv        | 400 | 0 1 2 3         | scale 0..1   |
            semicolon.csv             | 200 | 0 1 2 3         | scale 0..255 |
            space.csv                 | 200 | 0 1 2 3         | scale 0..255 |
            tab.csv                   | 200 | 0 1 2 3         | scale 0..255 |
            textlabels.csv            | 200 | cat cow dog owl | scale 0..255 |
            textlabels_last_nohdr.csv | 200 | cat cow dog owl | scale 0..255 | label in column 17
            trailing_comma.csv        | 100 | 0 1 2 3         | scale 0..255 | left out: column 18, which is empty
            train255.csv              | 400 | 0 1 2 3         | scale 0..255 |
            """)
    void load_withoutOptions_readsAndSaysHow(String file, int rows, String classes, String scale, String said) {
        try (LoadedRows loaded = load(file, AUTO)) {
            assertThat(loaded.rows()).isEqualTo(rows);
            assertThat(loaded.width()).isEqualTo(16);
            assertThat(loaded.classes().names()).containsExactly(classes.split(" "));
            assertThat(loaded.toString()).contains(scale + ", values ", said == null ? "" : said);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            arff.csv                  | it is an ARFF file
            cr_only.csv               | lone carriage returns
            utf16.csv                 | UTF-16: save it as UTF-8
            first_nohdr.csv           | 19 columns without names, and which of them is the label cannot be told; say --label-column first
            last_nohdr.csv            | --label-column last
            nolabel_lastpixel_0_9.csv | or --unlabelled if the rows have no label
            named_labels.csv          | say --label-column NAME (the header has p0, p1
            pandas_mangled_header.csv | the header has 0, 0.1, 0.2, 201
            id_first_200.csv          | say --label-column NAME (the header has id, p0
            unit_train.csv            | or --unlabelled if the rows have no label
            missing.csv               | line 5, column 16, value '': the value is missing
            minus1to1.csv             | --scale minmax (each column to 0..1), standard
            zscored.csv               | --scale minmax (each column to 0..1), standard
            """)
    void load_whatCannotBeTold_isRefusedWithTheOptions(String file, String message) {
        assertThatThrownBy(() -> load(file, AUTO))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(message);
    }

    @Test
    void load_toldWhatTheLabelIs_readsTheRest() {
        assertThat(load("first_nohdr.csv", AUTO.withLabelColumns(List.of("first")))
                        .width())
                .isEqualTo(18);
        assertThat(load("last_nohdr.csv", AUTO.withLabelColumns(List.of("last")))
                        .labels())
                .hasSize(4);
        assertThat(load("named_labels.csv", AUTO.withLabelColumns(List.of("labels")))
                        .classes()
                        .size())
                .isEqualTo(4);
        assertThat(load("nolabel_lastpixel_0_9.csv", UNLABELLED).width()).isEqualTo(16);
        assertThat(load("id_first_200.csv", UNLABELLED).toString())
                .contains("200 rows of 16 values", "left out: column 'id', which numbers the rows");
        assertThat(load("pandas_mangled_header.csv", UNLABELLED).rows()).isEqualTo(99);
        assertThat(load("pandas_mangled_header.csv", AUTO.withLabelColumns(List.of("first")))
                        .width())
                .isEqualTo(18);
        assertThat(load("index_200.csv", AUTO.withIgnoredColumns(List.of("1"))).toString())
                .contains("left out: column 1, as asked");
    }

    @Test
    void index_withoutAHeader_isRefusedByItsNumber() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < 30; row++) {
            rows.add(row + "," + row * 7 % 256 + "," + row * 31 % 256 + "," + row % 3);
        }
        Path file = CsvText.write(folder.resolve("index.csv"), rows);
        for (CsvSettings settings : List.of(AUTO, UNLABELLED)) {
            assertThatThrownBy(() -> CsvLoader.load(spark, file.toString(), settings))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(
                            "column 1 counts the rows and has no name; leave it out (--ignore-columns 1)");
        }
        CsvSettings told = AUTO.withIgnoredColumns(List.of("1")).withLabelColumns(List.of("last"));
        assertThat(CsvLoader.load(spark, file.toString(), told).width()).isEqualTo(2);
    }

    @Test
    void decimalComma_pointInANumber_isRefused() throws IOException {
        Path file = CsvText.write(folder.resolve("comma.csv"), "a;b;label\n1,5;0,25;x\n0,5;0;y\n1.234;2;x\n");
        CsvSettings ten = AUTO.withScale(ScaleSetting.range(10));
        assertThatThrownBy(() -> CsvLoader.load(spark, file.toString(), ten))
                .hasMessageContaining("line 4, column 1, value '1.234': a value must be a number");
        Path good = CsvText.write(folder.resolve("good.csv"), "a;b;label\n1,5;0,25;x\n0,5;0;y\n");
        assertThat(values(CsvLoader.load(spark, good.toString(), ten)).get(0)).containsExactly(0.15f, 0.025f);
    }

    @Test
    void id_largerThanAFloatHolds_isLeftOut() throws IOException {
        Path file = CsvText.write(
                folder.resolve("ids.csv"), "id,a,b,label\n9100000001,1,255,x\n9100000002,3,4,y\n9100000003,0,7,x\n");
        try (LoadedRows rows = CsvLoader.load(spark, file.toString(), AUTO)) {
            assertThat(rows.width()).isEqualTo(2);
        }
    }

    @Test
    void percent_outside0To100_isRefused() throws IOException {
        Path negative = CsvText.write(folder.resolve("negative.csv"), "a,b,label\n-5%,10%,x\n5%,20%,y\n");
        Path much = CsvText.write(folder.resolve("much.csv"), "a,b,label\n5%,250%,x\n5%,20%,y\n");
        Path small = CsvText.write(folder.resolve("small.csv"), "a,b,label\n0.1%,0.5%,x\n0.2%,50%,y\n");
        assertThatThrownBy(() -> CsvLoader.load(spark, negative.toString(), AUTO))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> CsvLoader.load(spark, much.toString(), AUTO)).isInstanceOf(BadInputException.class);
        assertThat(values(CsvLoader.load(spark, small.toString(), AUTO)).get(1)).containsExactly(0.002f, 0.5f);
    }

    @Test
    void header_withANameTwice_fitsItself() throws IOException {
        Path file = CsvText.write(folder.resolve("twice.csv"), "a,a,label\n0,255,x\n3,4,y\n");
        try (LoadedRows rows = CsvLoader.load(spark, file.toString(), AUTO)) {
            assertThat(CsvLoader.loadLike(rows.schema(), spark, file.toString(), AUTO)
                            .fingerprint())
                    .isEqualTo(rows.fingerprint());
        }
    }

    @Test
    void mangledHeader_ofASecondFile_isNoRow() throws IOException {
        Path data = folder.resolve("mangled");
        CsvText.write(data.resolve("1.csv"), "0,0.1,7\n1,2,3\n4,5,255\n6,7,8\n");
        CsvText.write(data.resolve("2.csv"), "5,5.1,5.2\n1,2,3\n4,5,6\n");
        assertThatThrownBy(() -> CsvLoader.load(spark, data.toString(), UNLABELLED))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("2.csv, line 1: column 1 is called '5' here and '0'");
    }

    @Test
    void rowsThatCount_withoutAHeader_areRowsWhereTheTrainingRowsHadNone() throws IOException {
        Path train = CsvText.write(folder.resolve("train.csv"), "9,2,255,4\n4,3,2,1\n");
        Path like = CsvText.write(folder.resolve("like/1.csv"), "0,1,2,3\n7,7,7,7\n");
        CsvText.write(folder.resolve("like/2.csv"), "1,2,3,4\n");
        try (LoadedRows rows = CsvLoader.load(spark, train.toString(), UNLABELLED)) {
            LoadedRows found =
                    CsvLoader.loadLike(rows.schema(), spark, like.getParent().toString(), UNLABELLED);
            assertThat(found.rows()).isEqualTo(3);
        }
    }

    @Test
    void spaces_severalBetweenIgnoredCells_countAsOne() throws IOException {
        Path file = CsvText.write(folder.resolve("spaces.txt"), "1 2 3 255\n1  2 3\n4 5 6 7\n");
        CsvSettings settings = UNLABELLED.withIgnoredColumns(List.of("1", "2")).withDelimiter(' ');
        assertThatThrownBy(() -> CsvLoader.load(spark, file.toString(), settings))
                .hasMessageContaining("line 2: 3 columns instead of 4");
    }

    @Test
    void libsvm_damagedOrEmptyPart_isNamed() throws IOException {
        Path good = CsvText.write(folder.resolve("svm/a.libsvm"), "1 1:0.5 2:0.25\n2 1:0.1 2:1\n");
        Path bad = CsvText.write(folder.resolve("bad.libsvm"), "1 1:0.5 2:0.25\n2 1:x\n");
        Path wide = CsvText.write(folder.resolve("wide.libsvm"), "1 1:0.5 9:0.25\n");
        CsvText.write(folder.resolve("svm/b.libsvm"), "");
        assertThatThrownBy(() -> CsvLoader.load(spark, good.getParent().toString(), AUTO))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("b.libsvm");
        assertThatThrownBy(() -> CsvLoader.load(spark, bad.toString(), AUTO))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("bad.libsvm cannot be read");
        try (LoadedRows rows = CsvLoader.load(spark, good.toString(), AUTO)) {
            assertThatThrownBy(() -> CsvLoader.loadLike(rows.schema(), spark, wide.toString(), AUTO))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("wide.libsvm cannot be read");
        }
    }

    @Test
    void parquet_columnsNamedByNumbers_keepTheirNames() {
        String table = folder.resolve("numbers").toString();
        StructType columns = new StructType()
                .add("0", DataTypes.DoubleType)
                .add("1", DataTypes.DoubleType)
                .add("2", DataTypes.IntegerType);
        SparkSession.builder()
                .sparkContext(spark.sc())
                .getOrCreate()
                .createDataFrame(List.of(RowFactory.create(0.5, 1.0, 7), RowFactory.create(0.25, 0.0, 8)), columns)
                .coalesce(1)
                .write()
                .parquet(table);
        try (LoadedRows rows = CsvLoader.load(spark, table, AUTO.withLabelColumns(List.of("3")))) {
            assertThat(rows.rows()).isEqualTo(2);
            assertThat(rows.schema().header()).containsExactly("0", "1", "2");
        }
    }

    @Test
    void load_labels26_areAllKept() {
        try (LoadedRows loaded = load("labels26.csv", AUTO)) {
            assertThat(loaded.rows()).isEqualTo(520);
            assertThat(loaded.classes().names())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 26)
                            .mapToObj(String::valueOf)
                            .toList());
            assertThat(loaded.skipped()).isEmpty();
        }
    }

    @Test
    void scale_ofRange16_givesTheSameValuesAsRowsDividedBefore() {
        try (LoadedRows whole = load("scale16.csv", AUTO.withScale(ScaleSetting.range(16)));
                LoadedRows divided = load("scale16_as_0_1.csv", AUTO)) {
            assertThat(values(whole)).usingRecursiveComparison().isEqualTo(values(divided));
        }
    }

    @Test
    void scale_ofTheModel_holdsForOneRowAndForMany() throws IOException {
        try (LoadedRows train = load("unit_train.csv", UNLABELLED);
                LoadedRows above = like(train, "unit_new_above1.csv");
                LoadedRows mixed = like(train, "unit_mixed.csv")) {
            assertThat(train.scaling().toString()).isEqualTo("0..1");
            assertThat(above.toString()).contains("outside the range of the training rows");
            List<String> lines = Files.readAllLines(Path.of(path("unit_mixed.csv")));
            for (int row : new int[] {0, 30, lines.size() - 2}) {
                Path one =
                        CsvText.write(folder.resolve("one" + row + ".csv"), List.of(lines.get(0), lines.get(row + 1)));
                try (LoadedRows single = CsvLoader.loadLike(train.schema(), spark, one.toString(), UNLABELLED)) {
                    assertThat(values(single)).hasSize(1);
                    assertThat(values(single).get(0)).isEqualTo(values(mixed).get(row));
                }
            }
        }
    }

    private static LoadedRows like(LoadedRows train, String file) {
        return CsvLoader.loadLike(train.schema(), spark, path(file), UNLABELLED);
    }

    @Test
    void scale_ofOtherRows_isRefusedWithBothRanges() {
        try (LoadedRows train = load("train255.csv", AUTO)) {
            assertThat(like(train, "test255.csv").scaling().largest()).isEqualTo(255);
            assertThatThrownBy(() -> like(train, "test01.csv"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("values 0..0.93333 with fractions, the training rows have 0..255");
        }
        try (LoadedRows train = load("test01.csv", AUTO)) {
            assertThatThrownBy(() -> like(train, "train255.csv"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("value '201': a value must be in 0..1, as in the training rows")
                    .hasMessageContaining("(the first rows have 0..242)");
        }
    }

    @Test
    void labelAtTheOtherEnd_ofTestRows_isRefused() {
        try (LoadedRows train = load("first_nohdr.csv", AUTO.withLabelColumns(List.of("first")))) {
            assertThatThrownBy(() -> CsvLoader.loadLike(train.schema(), spark, path("last_nohdr.csv"), AUTO))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("the label seems to be in column 19 here, and is in column 1");
        }
    }

    @Test
    void scale_standardAndMinmax_areThoseOfEachColumn() {
        for (String file : List.of("zscored.csv", "minus1to1.csv")) {
            try (LoadedRows raw = load(file, AUTO.withScale(ScaleSetting.of("none")));
                    LoadedRows standard = load(
                            file, AUTO.withScale(ScaleSetting.of("standard")).withPartitions(5));
                    LoadedRows minmax = load(file, AUTO.withScale(ScaleSetting.of("minmax")))) {
                for (int column = 0; column < 16; column++) {
                    int c = column;
                    double[] values =
                            values(raw).stream().mapToDouble(row -> row[c]).toArray();
                    double mean = IntStream.range(0, values.length)
                            .mapToDouble(i -> values[i])
                            .average()
                            .orElseThrow();
                    double variance = IntStream.range(0, values.length)
                            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                            .average()
                            .orElseThrow();
                    assertThat((double) values(standard).get(7)[c])
                            .isCloseTo((values[7] - mean) / Math.sqrt(variance), within(1e-5));
                    assertThat(values(minmax).stream()
                                    .mapToDouble(row -> row[c])
                                    .min()
                                    .orElseThrow())
                            .isZero();
                    assertThat(values(minmax).stream()
                                    .mapToDouble(row -> row[c])
                                    .max()
                                    .orElseThrow())
                            .isEqualTo(1);
                }
            }
        }
    }

    @Test
    void scale_fitted_doesNotDependOnPartitions() {
        CsvSettings standard = AUTO.withScale(ScaleSetting.of("standard"));
        try (LoadedRows one = load("zscored.csv", standard.withPartitions(1));
                LoadedRows many = load("zscored.csv", standard.withPartitions(13))) {
            assertThat(many.scaling().isLike(one.scaling())).isTrue();
            assertThat(many.fingerprint()).isEqualTo(one.fingerprint());
        }
    }

    @Test
    void missing_filled_isMeanOrZero() throws IOException {
        Path file = CsvText.write(folder.resolve("rows.csv"), "a,b,label\n10,1,x\n,2,y\n20,?,x\nNA,255,y\n");
        try (LoadedRows mean = CsvLoader.load(spark, file.toString(), AUTO.withMissing(Missing.MEAN));
                LoadedRows zero = CsvLoader.load(spark, file.toString(), AUTO.withMissing(Missing.ZERO))) {
            assertThat(values(mean).get(1)[0]).isEqualTo(15 / 255f);
            assertThat(values(mean).get(2)[1]).isEqualTo(86 / 255f);
            assertThat(values(zero).get(1)[0]).isZero();
            assertThat(mean.toString()).contains("3 missing values filled");
        }
        try (LoadedRows filled = load("missing.csv", AUTO.withMissing(Missing.MEAN))) {
            assertThat(filled.rows()).isEqualTo(100);
        }
    }

    @Test
    void columns_ofUnlikeRanges_areTakenAsTabular() throws IOException {
        StringBuilder text = new StringBuilder("age,rooms,tax,label\n");
        for (int row = 0; row < 50; row++) {
            text.append(row % 7)
                    .append(',')
                    .append(row % 5)
                    .append(',')
                    .append(100 + row)
                    .append(",a\n");
        }
        Path file = CsvText.write(folder.resolve("table.csv"), text.toString());
        assertThatThrownBy(() -> CsvLoader.load(spark, file.toString(), AUTO))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("columns of unlike ranges")
                .hasMessageContaining("--scale minmax");
    }

    @Test
    void columns_ofOtherRows_areFoundByTheirNames() throws IOException {
        Path train = CsvText.write(folder.resolve("train.csv"), "a,b,label\n0,255,cat\n3,4,dog\n");
        Path permuted = CsvText.write(folder.resolve("permuted.csv"), "id,b,class,a\n11,9,dog,8\n12,7,cat,6\n");
        Path partial = CsvText.write(folder.resolve("partial.csv"), "a,c,label\n1,2,cat\n");
        Path unlabelled = CsvText.write(folder.resolve("unlabelled.csv"), "8,9\n");
        try (LoadedRows rows = CsvLoader.load(spark, train.toString(), AUTO)) {
            LoadedRows found = CsvLoader.loadLike(rows.schema(), spark, permuted.toString(), AUTO);
            assertThat(values(found).get(0)).containsExactly(8 / 255f, 9 / 255f);
            assertThat(found.dataRows().map(DataRow::label).collect()).containsExactly(1, 0);
            assertThatThrownBy(() -> CsvLoader.loadLike(rows.schema(), spark, partial.toString(), AUTO))
                    .hasMessageContaining("the training rows have a column b, which the header does not have");
            assertThat(values(CsvLoader.loadLike(rows.schema(), spark, unlabelled.toString(), AUTO))
                            .get(0))
                    .containsExactly(8 / 255f, 9 / 255f);
        }
    }

    @Test
    void indicators_severalLabelColumns_nameTheClass() throws IOException {
        Path file = CsvText.write(folder.resolve("onehot.csv"), "v,w,cat,dog\n0,255,0,1\n3,4,1,0\n");
        try (LoadedRows rows = CsvLoader.load(spark, file.toString(), AUTO.withLabelColumns(List.of("cat", "dog")))) {
            assertThat(rows.classes().names()).containsExactly("cat", "dog");
            assertThat(rows.dataRows().map(DataRow::label).collect()).containsExactly(1, 0);
        }
        Path two = CsvText.write(folder.resolve("two.csv"), "v,w,cat,dog\n0,255,1,1\n");
        assertThatThrownBy(() -> CsvLoader.load(spark, two.toString(), AUTO.withLabelColumns(List.of("cat", "dog"))))
                .hasMessageContaining("line 2, column 4, value '1': one label column holds a 1 and the others 0");
    }

    @Test
    void badRows_mostOfThem_offerNoSkipping() throws IOException {
        List<String> rows = new ArrayList<>(List.of("a,b,label"));
        for (int row = 0; row < 30; row++) {
            rows.add("x" + row + ",255,1");
        }
        Path file = CsvText.write(folder.resolve("bad.csv"), rows);
        assertThatThrownBy(() -> CsvLoader.load(spark, file.toString(), AUTO))
                .hasMessageContaining("most rows are like that")
                .hasMessageNotContaining("--bad-rows");
    }

    @Test
    void parquet_sameRows_haveTheSameFingerprint() throws IOException {
        Path csv = folder.resolve("rows.csv");
        Files.copy(Path.of(path("textlabels.csv")), csv);
        String table = folder.resolve("rows.parquet").toString();
        SparkSession.builder()
                .sparkContext(spark.sc())
                .getOrCreate()
                .read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(csv.toString())
                .repartition(1)
                .write()
                .parquet(table);
        try (LoadedRows text = CsvLoader.load(spark, csv.toString(), AUTO);
                LoadedRows parquet = CsvLoader.load(spark, table, AUTO)) {
            assertThat(parquet.fingerprint()).isEqualTo(text.fingerprint());
            assertThat(parquet.classes()).isEqualTo(text.classes());
        }
    }

    @Test
    void parquet_largeFile_notesHowManyRowsItHas() {
        Path file = folder.resolve("large.parquet");
        SparkSession.builder()
                .sparkContext(spark.sc())
                .getOrCreate()
                .sql("SELECT rand() AS a FROM range(2500000)")
                .write()
                .parquet(file.toString());
        assertThat(RowEstimateTest.estimate(file, UNLABELLED)).isEqualTo(2_500_000);
    }

    /** A small file may hold rows of very many values. */
    @Test
    void libsvm_smallFile_isEstimatedToo() throws IOException {
        Path file = folder.resolve("rows.libsvm");
        Files.writeString(file, "0 1:1 5000:1\n1 2:1 4000:1\n".repeat(1_000));
        assertThat(RowEstimateTest.estimate(file, UNLABELLED)).isBetween(1_400L, 2_000L);
    }

    @Test
    void parquet_vectorsAndArrays_areAColumnForEachElement() throws IOException {
        SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
        StructType arrays = new StructType()
                .add("pixels", DataTypes.createArrayType(DataTypes.DoubleType))
                .add("class", DataTypes.StringType);
        StructType vectors =
                new StructType().add("class", DataTypes.StringType).add("features", SQLDataTypes.VectorType());
        String ofArrays = folder.resolve("arrays").toString();
        String ofVectors = folder.resolve("vectors").toString();
        session.createDataFrame(
                        List.of(
                                RowFactory.create(new Double[] {0.5, 1.0}, "b, c"),
                                RowFactory.create(new Double[] {0.25, 0.1}, "a")),
                        arrays)
                .coalesce(1)
                .write()
                .parquet(ofArrays);
        session.createDataFrame(
                        List.of(
                                RowFactory.create("b, c", Vectors.dense(0.5, 1)),
                                RowFactory.create("a", Vectors.sparse(2, new int[] {0, 1}, new double[] {0.25, 0.1}))),
                        vectors)
                .coalesce(1)
                .write()
                .parquet(ofVectors);
        Path csv = CsvText.write(folder.resolve("rows.csv"), "x,y,label\n0.5,1,\"b, c\"\n0.25,0.1,a\n");
        try (LoadedRows text = CsvLoader.load(spark, csv.toString(), AUTO);
                LoadedRows first = CsvLoader.load(spark, ofArrays, AUTO);
                LoadedRows second = CsvLoader.load(spark, ofVectors, AUTO)) {
            assertThat(first.fingerprint()).isEqualTo(text.fingerprint());
            assertThat(second.fingerprint()).isEqualTo(text.fingerprint());
            assertThat(second.classes().names()).containsExactly("a", "b, c");
        }
    }
}
