package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.RequiresMnist;

@RequiresMnist
final class PaperRecipeTest {
    private static final MnistSettings MNIST = MnistSettings.DEFAULT.withSources(
            List.of(RequiresMnist.Folder.path().toString()));

    @TempDir
    private Path temp;

    @Test
    void prepare_paper_isTheStudysDigits() throws IOException {
        PreparedDataset made = Preparation.prepare(new PrepareSettings(temp, new PaperRecipe(MNIST)), line -> {});
        List<String> train = Files.readAllLines(made.train());
        List<String> test = Files.readAllLines(made.test());
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < 784; i++) {
            header.append(i).append(',');
        }
        assertThat(train.get(0)).isEqualTo(header + "label").isEqualTo(test.get(0));
        assertThat(train).hasSize(4001);
        assertThat(test).hasSize(1001);

        MnistSource source = new MnistSource(MNIST, temp, line -> {});
        IdxArray images = source.find(MnistFile.TEST_IMAGES).array();
        IdxArray labels = source.find(MnistFile.TEST_LABELS).array();
        Set<Integer> testSplit = testSplit();
        assertThat(testSplit).hasSize(1000).contains(3, 10, 25, 69);
        int trainRow = 1;
        int testRow = 1;
        for (int digit = 0; digit < 10; digit++) {
            int taken = 0;
            for (int item = 0; taken < 500; item++) {
                if (labels.value(item, 0) == digit) {
                    taken++;
                    assertIsImage(
                            testSplit.contains(item) ? test.get(testRow++) : train.get(trainRow++),
                            images,
                            item,
                            digit);
                }
            }
            assertThat(trainRow).isEqualTo(1 + 400 * (digit + 1)); // 400 and 100 of each digit
            assertThat(testRow).isEqualTo(1 + 100 * (digit + 1));
        }
    }

    /** The hashes are of what Python writes with "%.4g" by the same rules. */
    @Test
    void prepare_paper_sameBytesEveryTime() {
        PreparedDataset made = Preparation.prepare(new PrepareSettings(temp, new PaperRecipe(MNIST)), line -> {});
        assertThat(made.provenance())
                .containsEntry("train.csv.sha256", "e811510792a22157b6972f6104338a2f888895921315b09ffc4ab308a15646a4")
                .containsEntry("test.csv.sha256", "5f508529066c8a1513dc2ad081fdd91c8157d19ff9960f2092ca8ae7a848d3fa")
                .containsEntry("train.csv.rows", "4000")
                .containsEntry("test.csv.rows", "1000")
                .containsEntry("train.csv.columns", "785")
                .containsEntry("pixel.scale", "1")
                .containsEntry("source.t10k-images-idx3-ubyte.sha256", MnistFile.TEST_IMAGES.sha256());
        assertThat(made.provenance().get("image.orientation")).startsWith("transposed");
    }

    @Test
    void prepare_anotherProcessIsFaster_itsDatasetStaysAndIsUsed() throws IOException {
        Path folder = RequiresMnist.Folder.path();
        PrepareSettings local = new PrepareSettings(temp, new PaperRecipe(MNIST));
        try (LoopbackServer server = new LoopbackServer(exchange -> {
            Preparation.prepare(local, line -> {});
            String file = exchange.getRequestURI().getPath().substring(1);
            LoopbackServer.send(exchange, Files.readAllBytes(folder.resolve(file)));
        })) {
            MnistSettings remote =
                    MnistSettings.DEFAULT.withSources(List.of(server.uri("/").toString()));
            PreparedDataset made = Preparation.prepare(new PrepareSettings(temp, new PaperRecipe(remote)), line -> {});
            assertThat(made.reused()).isTrue();
            assertThat(made.provenance().get("source.t10k-labels-idx1-ubyte.location"))
                    .startsWith(folder.toString());
            assertThat(DatasetFolder.list(temp)).containsExactly(temp.resolve("idx"), temp.resolve("paper"));
        }
    }

    private static Set<Integer> testSplit() throws IOException {
        Set<Integer> indices = new TreeSet<>();
        for (String line : resource()) {
            if (!line.startsWith("label")) {
                indices.add(Integer.parseInt(line.split(",", -1)[1]));
            }
        }
        return indices;
    }

    private static List<String> resource() throws IOException {
        try (var in = PaperRecipe.class.getResourceAsStream("paper-test-split.csv")) {
            return new String(in.readAllBytes(), US_ASCII).lines().toList();
        }
    }

    private static void assertIsImage(String line, IdxArray images, int item, int digit) {
        String[] cells = line.split(",", -1);
        assertThat(cells).hasSize(785);
        for (int row = 0; row < 28; row++) {
            for (int column = 0; column < 28; column++) {
                int value = images.value(item, row * 28 + column);
                float read = Float.parseFloat(cells[column * 28 + row]);
                if (Math.round(read * 255) != value || Math.abs(read - value / 255f) > 5.1e-5f) {
                    throw new AssertionError("t10k " + item + " row " + row + " column " + column + ": " + read
                            + " where MNIST has " + value);
                }
            }
        }
        assertThat(cells[784]).isEqualTo(String.valueOf(digit));
    }
}
