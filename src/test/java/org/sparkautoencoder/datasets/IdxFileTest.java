package org.sparkautoencoder.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.csv.BadInputException;

/** Data sets that are prepared from IDX files. */
final class IdxFileTest {
    private static final int CLASSES = 26;
    private static final int OF_EACH = 5;
    private static final int ITEMS = CLASSES * OF_EACH;

    @TempDir
    private Path temp;

    private Path images;
    private Path labels;

    /** Images of 2 rows x 3 columns, image i with the pixels i, 1, 2, 3, 4, 255; labels 1 to 26 in turn, 255 for 26. */
    @BeforeEach
    void writeSources() throws IOException {
        images = Files.write(temp.resolve("letters-images"), idx(0x08, pixels(), ITEMS, 2, 3));
        labels = Files.write(temp.resolve("letters-labels"), idx(0x08, classes(ITEMS), ITEMS));
    }

    private static byte[] pixels() {
        ByteBuffer pixels = ByteBuffer.allocate(ITEMS * 6);
        for (int i = 0; i < ITEMS; i++) {
            pixels.put(new byte[] {(byte) i, 1, 2, 3, 4, (byte) 255});
        }
        return pixels.array();
    }

    private static int label(int item) {
        int label = 1 + item % CLASSES;
        return label == CLASSES ? 255 : label;
    }

    private static byte[] classes(int items) {
        byte[] classes = new byte[items];
        for (int i = 0; i < items; i++) {
            classes[i] = (byte) label(i);
        }
        return classes;
    }

    private static byte[] idx(int type, byte[] values, int... shape) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
        file.put(new byte[] {0, 0, (byte) type, (byte) shape.length});
        for (int dimension : shape) {
            file.putInt(dimension);
        }
        return file.put(values).array();
    }

    private static void gzip(Path file) throws IOException {
        byte[] plain = Files.readAllBytes(file);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(plain);
        }
    }

    private PreparedDataset prepare(String name, double trainFraction, int perDigit) {
        RawRecipe recipe = new RawRecipe(images, labels, trainFraction, perDigit, 1);
        return Preparation.prepare(new PrepareSettings(temp.resolve("dataset"), recipe).withName(name), line -> {});
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> prepare("refused", 0.8, 0))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
        assertThat(temp.resolve("dataset").resolve("refused")).doesNotExist();
    }

    @Test
    void prepare_idx_everyRowOnceSplitPerLabel() throws IOException {
        PreparedDataset made = prepare("letters", 0.8, 0);
        List<String> train = Files.readAllLines(made.train());
        List<String> test = Files.readAllLines(made.test());
        assertThat(train.get(0)).isEqualTo("0,1,2,3,4,5,label").isEqualTo(test.get(0));
        for (int i = 0; i < CLASSES; i++) {
            String end = ",255," + label(i);
            assertThat(train).filteredOn(line -> line.endsWith(end)).hasSize(4);
            assertThat(test).filteredOn(line -> line.endsWith(end)).hasSize(1);
        }
        List<String> rows = new ArrayList<>(train);
        rows.addAll(test);
        for (int i = 0; i < ITEMS; i++) {
            assertThat(rows).containsOnlyOnce(i + ",1,2,3,4,255," + label(i));
        }
        assertThat(train.subList(1, train.size()).stream()
                        .map(line -> Integer.parseInt(line.substring(line.lastIndexOf(',') + 1))))
                .isSorted();
    }

    @Test
    void prepare_idx_provenanceSaysSizeAndSources() throws IOException {
        assertThat(prepare("letters", 0.8, 0).provenance())
                .containsEntry("recipe", "raw 1")
                .containsEntry("image.height", "2")
                .containsEntry("image.width", "3")
                .containsEntry("image.orientation", "as in the source")
                .containsEntry("pixel.scale", "255")
                .containsEntry("pixel.format", "whole numbers")
                .containsEntry("source.images.location", images.toString())
                .containsEntry("source.labels.sha256", RawFile.sha256(labels))
                .containsEntry("train.csv.rows", String.valueOf(CLASSES * 4));
    }

    @Test
    void prepare_idxPerDigit_takesTheFirstOfEachLabel() throws IOException {
        PreparedDataset made = prepare("letters", 0.5, 2);
        assertThat(made.trainRows()).isEqualTo(CLASSES);
        assertThat(made.testRows()).isEqualTo(CLASSES);
        assertThat(Files.readString(made.train()) + Files.readString(made.test()))
                .contains("\n51,1,2,3,4,255,255\n")
                .doesNotContain("\n52,");
        assertThatThrownBy(() -> prepare("refused", 0.5, 6))
                .hasMessageContaining(labels + " has 5 rows of label 1 where --per-digit asks for 6");
    }

    @Test
    void prepare_idxGzipAndText_giveTheSame() throws IOException {
        PreparedDataset plain = prepare("plain", 0.8, 0);
        gzip(images);
        gzip(labels);
        assertSameRows(prepare("gzip", 0.8, 0), plain);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            text.append(label(i)).append('\n');
        }
        Files.writeString(labels, text);
        assertSameRows(prepare("labels-as-text", 0.8, 0), plain);
    }

    private static void assertSameRows(PreparedDataset one, PreparedDataset other) {
        for (String key : List.of("train.csv.sha256", "test.csv.sha256")) {
            assertThat(one.provenance().get(key))
                    .isNotNull()
                    .isEqualTo(other.provenance().get(key));
        }
    }

    @Test
    void prepare_countsThatDiffer_areRefused() throws IOException {
        Files.write(labels, idx(0x08, classes(129), 129));
        assertRefused(images + " has 130 images", labels + " has 129 labels", "give one label for each image");
    }

    @Test
    void prepare_otherTypes_areNamed() throws IOException {
        Files.write(images, idx(0x0d, new byte[4 * 6 * ITEMS], ITEMS, 2, 3));
        assertRefused(images + " is an IDX file of 32-bit floating-point numbers", "convert it to unsigned bytes");
        Files.write(images, idx(0x05, pixels(), ITEMS, 2, 3));
        assertRefused(images + ", offset 2: 0x05 is no type of values in an IDX file", "get it again");
    }

    @Test
    void prepare_otherDimensions_areNamed() throws IOException {
        byte[] colours = idx(0x08, pixels(), ITEMS, 1, 2, 3);
        Files.write(images, colours);
        assertRefused(images + " is an IDX file with 4 dimension(s) where images have 3 (number, height and width)");
        Files.write(images, idx(0x08, pixels(), ITEMS, 6));
        assertRefused(images + " is an IDX file with 2 dimension(s) where images have 3");
        Files.write(images, idx(0x08, pixels(), ITEMS, 0, 3));
        assertRefused(images + ", offset 8: dimension 1 is 0", "get it again");
    }

    @Test
    void prepare_imagesAndLabelsExchanged_saysSo() {
        Path exchanged = images;
        images = labels;
        labels = exchanged;
        assertRefused(
                labels + " is an IDX file with 3 dimension(s), which has images: name it with --images, and the file of"
                        + " the labels with --labels");
    }

    @Test
    void prepare_cutOrLonger_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(images);
        for (int length : new int[] {2, 5, 15, 16, whole.length - 1, whole.length + 1}) {
            Files.write(images, Arrays.copyOf(whole, length));
            assertRefused(images + " ends at offset " + length, "get it again");
        }
        Files.write(images, whole);
        gzip(images);
        byte[] compressed = Files.readAllBytes(images);
        for (int length : new int[] {2, 12, compressed.length / 2, compressed.length - 1}) {
            Files.write(images, Arrays.copyOf(compressed, length));
            assertRefused(images + " is damaged or cut short", "get it again");
        }
    }

    @Test
    void prepare_headerBeyondMemory_isRefusedByItsLength() throws IOException {
        Files.write(images, idx(0x08, pixels(), Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertRefused(images + " ends at offset 796", "2147483647", "get it again");
    }

    @Test
    void prepare_neitherIdxNorText_isRefused() throws IOException {
        Files.write(images, new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0});
        assertRefused(
                images + " is neither an IDX file nor text in UTF-8: it begins with the bytes 50 4b 03 04 14 00 00 00",
                "unpack it if it is an archive");
        images = Files.createDirectory(temp.resolve("folder"));
        assertRefused(images + " is a folder");
    }
}
