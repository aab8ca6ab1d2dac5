package org.sparkautoencoder.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.csv.BadInputException;

final class PreparationTest {
    @TempDir
    private Path temp;

    private final List<String> progress = new ArrayList<>();
    private Path images;
    private Path labels;
    private Path datasets;

    @BeforeEach
    void writeSources() throws IOException {
        images = Files.writeString(temp.resolve("images"), "0,255\n1,254\n2,253\n3,252\n");
        labels = Files.writeString(temp.resolve("labels"), "3\n3\n8\n8\n");
        datasets = temp.resolve("data sets").resolve("here");
    }

    private PrepareSettings settings(long seed) {
        return new PrepareSettings(datasets, new RawRecipe(images, labels, 0.5, 0, seed));
    }

    private PreparedDataset prepare(PrepareSettings settings) {
        return Preparation.prepare(settings, progress::add);
    }

    private void assertRefused(PrepareSettings settings, String... words) {
        assertThatThrownBy(() -> prepare(settings))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void prepare_newDataset_hasThreeFilesAndTheirHashes() throws IOException {
        PreparedDataset made = prepare(settings(1).withNote("stands in"));
        assertThat(DatasetFolder.list(datasets)).containsExactly(datasets.resolve("raw"));
        assertThat(DatasetFolder.list(datasets.resolve("raw")))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("provenance.properties", "test.csv", "train.csv");
        assertThat(Provenance.read(datasets.resolve("raw"))).contains(made.provenance());
        assertThat(made.provenance())
                .containsEntry("train.csv.sha256", sha256(made.train()))
                .containsEntry("test.csv.sha256", sha256(made.test()))
                .containsEntry("source.images.sha256", sha256(images))
                .containsEntry("pixel.scale", "255")
                .containsEntry("seed", "1")
                .containsEntry("note", "stands in");
        assertThat(Files.readAllLines(datasets.resolve("raw").resolve(Provenance.FILE)))
                .isSorted()
                .noneMatch(line -> line.startsWith("#"));
        assertThat(made.reused()).isFalse();
        assertThat(made.summary()).startsWith("raw: 2 + 2 rows").contains(sha256(made.train()));
        assertThat(progress).containsExactly("wrote " + datasets.resolve("raw") + ": 2 + 2 rows");
    }

    @Test
    void prepare_sameTwice_isReusedUntouched() throws IOException {
        PreparedDataset made = prepare(settings(1));
        Object before = Files.getLastModifiedTime(made.train());
        PreparedDataset again = prepare(settings(1).withNote("not written now"));
        assertThat(again.reused()).isTrue();
        assertThat(again.provenance()).isEqualTo(made.provenance());
        assertThat(Files.getLastModifiedTime(made.train())).isEqualTo(before);
    }

    @Test
    void prepare_otherSettingsOrSources_areRefusedUnlessOverwriting() throws IOException {
        PreparedDataset made = prepare(settings(1));
        assertRefused(settings(2), "made with seed = 1 where now 2 is asked for", "--overwrite");
        Files.writeString(images, "9,9\n", StandardOpenOption.APPEND);
        assertRefused(settings(1), "made with source.images.sha256 = ");
        Files.writeString(labels, "8\n", StandardOpenOption.APPEND);
        PreparedDataset other = prepare(settings(2).withOverwrite(true));
        assertThat(other.train()).isEqualTo(made.train());
        assertThat(other.trainRows() + other.testRows()).isEqualTo(5);
        assertThat(DatasetFolder.list(datasets)).containsExactly(datasets.resolve("raw"));
        assertThat(prepare(settings(2)).reused()).isTrue();
    }

    @Test
    void prepare_changedOrIncompleteDataset_isRefused() throws IOException {
        PreparedDataset made = prepare(settings(1));
        String train = Files.readString(made.train());
        Files.writeString(made.train(), train + "1,1,3\n");
        assertRefused(settings(1), made.train() + " is not as it was prepared", "--overwrite");
        Files.delete(made.train());
        assertRefused(settings(1), "without train.csv");
        Files.writeString(made.train(), train);
        assertThat(prepare(settings(1)).reused()).isTrue();
        Files.delete(datasets.resolve("raw").resolve(Provenance.FILE));
        assertRefused(settings(1), "has no provenance.properties");
        assertThat(Files.readString(made.train())).isEqualTo(train);
    }

    @Test
    void prepare_overwriteWhereOtherFilesAre_isRefused() throws IOException {
        prepare(settings(1));
        Path notes = Files.writeString(datasets.resolve("raw").resolve("notes.txt"), "mine");
        assertRefused(settings(2).withOverwrite(true), notes.toString(), "move it away");
        assertThat(notes).hasContent("mine");
    }

    @Test
    void prepare_overwriteThatFails_leavesTheOldOne() throws IOException {
        PreparedDataset made = prepare(settings(1));
        Files.writeString(labels, "3\n3\n8\n");
        assertRefused(settings(1).withOverwrite(true), "has 3 labels");
        assertThat(made.provenance()).containsEntry("train.csv.sha256", sha256(made.train()));
        assertThat(DatasetFolder.list(datasets)).containsExactly(datasets.resolve("raw"));
    }

    @Test
    void prepare_fileInTheWay_isRefused() throws IOException {
        Files.createDirectories(datasets);
        Path file = Files.writeString(datasets.resolve("raw"), "a file");
        assertRefused(settings(1), file + " exists");
        assertRefused(settings(1).withOverwrite(true), file + " is not a folder");
        PrepareSettings inside = new PrepareSettings(file, settings(1).recipe());
        assertRefused(inside, "cannot be prepared");
    }

    @Test
    void prepareSettings_nameThatIsNoFolderName_isRefused() {
        for (String name : List.of("", "..", "a/b", ".hidden", "idx", "a b")) {
            assertThatThrownBy(() -> settings(1).withName(name))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("got '" + name + "'");
        }
    }

    private static String sha256(Path file) throws IOException {
        return DigestUtils.sha256Hex(Files.readAllBytes(file));
    }
}
