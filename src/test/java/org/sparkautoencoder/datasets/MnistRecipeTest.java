package org.sparkautoencoder.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.RequiresMnist;

@RequiresMnist
final class MnistRecipeTest {
    @TempDir
    private Path temp;

    @Test
    void prepare_mnist_isAllOfItUprightInItsOrder() throws IOException {
        Path folder = RequiresMnist.Folder.path();
        MnistSettings mnist = MnistSettings.DEFAULT.withSources(List.of(folder.toString()));
        PreparedDataset made = Preparation.prepare(new PrepareSettings(temp, new MnistRecipe(mnist)), line -> {});
        assertThat(made.trainRows()).isEqualTo(60_000);
        assertThat(made.testRows()).isEqualTo(10_000);
        assertThat(made.provenance())
                .containsEntry("train.csv.sha256", "db3a117d8367c37f743b8fb61bf87aa4c4dd89a30b99bcadb70f5441ccf2465b")
                .containsEntry("test.csv.sha256", "ce3242b89a7eb710656eacb2916a2abca1a988d97e3dfc4cad35073f921ae57d")
                .containsEntry("pixel.scale", "255");
        MnistSource source = new MnistSource(mnist, temp, line -> {});
        assertRows(
                made.test(),
                source.find(MnistFile.TEST_IMAGES).array(),
                source.find(MnistFile.TEST_LABELS).array());
        assertRows(
                made.train(),
                source.find(MnistFile.TRAIN_IMAGES).array(),
                source.find(MnistFile.TRAIN_LABELS).array());
    }

    @Test
    void prepare_trainImagesMissing_leavesNothing() throws IOException {
        Path part = Files.createDirectory(temp.resolve("part"));
        for (String name : List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "train-labels-idx1-ubyte")) {
            Files.copy(RequiresMnist.Folder.path().resolve(name + ".gz"), part.resolve(name + ".gz"));
        }
        Path datasets = temp.resolve("dataset");
        MnistSettings mnist = MnistSettings.DEFAULT.withSources(List.of(part.toString()));
        assertThatThrownBy(() -> Preparation.prepare(new PrepareSettings(datasets, new MnistRecipe(mnist)), line -> {}))
                .isInstanceOf(MnistUnavailableException.class)
                .hasMessageContaining(part + " has no train-images-idx3-ubyte");
        assertThat(DatasetFolder.list(datasets)).isEmpty();
    }

    /** Every 97th row against the image; all rows by their number. */
    private static void assertRows(Path csv, IdxArray images, IdxArray labels) throws IOException {
        int row = 0;
        try (BufferedReader lines = Files.newBufferedReader(csv)) {
            assertThat(lines.readLine()).startsWith("0,1,2,").endsWith(",783,label");
            for (String line = lines.readLine(); line != null; line = lines.readLine(), row++) {
                if (row % 97 == 0) {
                    StringBuilder expected = new StringBuilder();
                    for (int i = 0; i < 784; i++) {
                        expected.append(images.value(row, i)).append(',');
                    }
                    assertThat(line)
                            .isEqualTo(expected.append(labels.value(row, 0)).toString());
                }
            }
        }
        assertThat(row).isEqualTo(images.items());
    }
}
