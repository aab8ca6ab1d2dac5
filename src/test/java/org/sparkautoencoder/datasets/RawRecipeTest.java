package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.csv.BadInputException;

final class RawRecipeTest {
    private static final int ROWS = 200;

    @TempDir
    private Path temp;

    private Path images;
    private Path labels;

    /** 20 of each digit, digits mixed; row i has the pixels 0, 0.i, 1. */
    @BeforeEach
    void writeSources() throws IOException {
        StringBuilder pixels = new StringBuilder();
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            pixels.append("0\t0.").append(1000 + i).append("\t1\n");
            digits.append(i * 7 % 10).append('\n');
        }
        images = Files.writeString(temp.resolve("images.txt"), pixels);
        labels = Files.writeString(temp.resolve("labels.txt"), digits);
    }

    private PreparedDataset prepare(String name, double trainFraction, int perDigit, long seed) {
        RawRecipe recipe = new RawRecipe(images, labels, trainFraction, perDigit, seed);
        return Preparation.prepare(new PrepareSettings(temp.resolve("dataset"), recipe).withName(name), line -> {});
    }

    private void assertRefused(String... words) throws IOException {
        assertThatThrownBy(() -> prepare("refused", 0.8, 0, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
        assertThat(temp.resolve("dataset").resolve("refused")).doesNotExist();
    }

    @Test
    void prepare_raw_everyRowOnceSplitPerDigit() throws IOException {
        PreparedDataset made = prepare("raw", 0.8, 0, 1);
        List<String> train = Files.readAllLines(made.train());
        List<String> test = Files.readAllLines(made.test());
        assertThat(train.get(0)).isEqualTo("0,1,2,label").isEqualTo(test.get(0));
        for (int digit = 0; digit < 10; digit++) {
            String end = "," + digit;
            assertThat(train.stream().filter(line -> line.endsWith(end))).hasSize(16);
            assertThat(test.stream().filter(line -> line.endsWith(end))).hasSize(4);
        }
        List<String> rows = Files.readAllLines(made.train());
        rows.addAll(test);
        for (int i = 0; i < ROWS; i++) {
            assertThat(rows).containsOnlyOnce("0,0." + (1000 + i) + ",1," + i * 7 % 10);
        }
        assertThat(made.provenance()).containsEntry("pixel.scale", "1").containsEntry("train.csv.rows", "160");
    }

    @Test
    void prepare_rawBySeed_isAPureFunctionOfIt() {
        String one = prepare("one", 0.8, 0, 1).provenance().get("train.csv.sha256");
        assertThat(prepare("again", 0.8, 0, 1).provenance().get("train.csv.sha256"))
                .isEqualTo(one);
        assertThat(prepare("two", 0.8, 0, 2).provenance().get("train.csv.sha256"))
                .isNotEqualTo(one);
    }

    @Test
    void prepare_rawPerDigit_takesTheFirstOfEach() throws IOException {
        PreparedDataset made = prepare("raw", 0.5, 10, 1);
        assertThat(made.trainRows()).isEqualTo(50);
        assertThat(made.testRows()).isEqualTo(50);
        assertThat(Files.readString(made.train()) + Files.readString(made.test()))
                .contains("0.1099")
                .doesNotContain("0.1100");
    }

    @Test
    void prepare_commasBomCrLfBlankEndAndGzip_giveTheSame() throws IOException {
        PreparedDataset plain = prepare("plain", 0.8, 0, 1);
        String text = "\ufeff" + Files.readString(images).replace("\t", ", ").replace("\n", "\r\n") + "\r\n\n";
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(images))) {
            out.write(text.getBytes(UTF_8));
        }
        Files.writeString(labels, Files.readString(labels).replace("\n", ".0\r\n") + "\r\n");
        PreparedDataset dressed = prepare("dressed", 0.8, 0, 1);
        assertThat(Files.readString(dressed.train())).isEqualTo(Files.readString(plain.train()));
        assertThat(Files.readString(dressed.test())).isEqualTo(Files.readString(plain.test()));
    }

    @Test
    void prepare_countsThatDiffer_areRefused() throws IOException {
        Files.writeString(labels, Files.readString(labels) + "3\n");
        assertRefused(images + " has 200 images", labels + " has 201 labels");
    }

    @Test
    void prepare_tooFewOfADigit_areRefused() throws IOException {
        assertThatThrownBy(() -> prepare("raw", 0.8, 21, 1))
                .hasMessageContaining(labels + " has 20 rows of label 0 where --per-digit asks for 21");
        Files.writeString(images, "0,1\n0,1\n0,1\n0,1\n");
        Files.writeString(labels, "1\n1\n1\n2\n");
        assertRefused("1 row(s) of label 2", "the test set gets none");
    }

    @Test
    void prepare_badCells_areNamedByLineAndColumn() throws IOException {
        String good = Files.readString(images);
        for (String bad : List.of("NaN", "-1", "256", "", "0x1p3", "1f", "1e999", "1,5,5", "seven")) {
            Files.writeString(images, good.replace("0.1004", bad));
            if (bad.equals("1,5,5")) {
                assertRefused(images + ", line 5 has 5 pixels where line 1 has 3");
            } else {
                assertRefused(images + ", line 5, column 2: '" + bad + "'");
            }
        }
        Files.writeString(images, good.replaceFirst("\n", "\n\n"));
        assertRefused(images + ", line 2 is blank");
        Files.writeString(images, "");
        assertRefused(images + " is empty");
        Files.delete(images);
        assertRefused("no such file: " + images);
    }

    @Test
    void prepare_badLabel_isNamedByLine() throws IOException {
        String good = Files.readString(labels);
        for (String bad : List.of("256", "-1", "1.5", "NaN", "x", "1 2")) {
            Files.writeString(labels, good.replaceFirst("0\n7\n", "0\n" + bad + "\n"));
            assertRefused(labels + ", line 2: '" + bad + "'");
        }
    }

    @Test
    void rawRecipe_settingsOutOfRange_areRefused() {
        for (double fraction : new double[] {0, 1, -0.5, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> new RawRecipe(images, labels, fraction, 0, 1))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("got " + fraction);
        }
        assertThatThrownBy(() -> new RawRecipe(images, labels, 0.8, -1, 1)).hasMessageContaining("got -1");
    }
}
