package org.sparkautoencoder.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntheticRecipeTest {
    @TempDir
    private Path temp;

    private PreparedDataset prepare(String name, long seed) {
        return Preparation.prepare(new PrepareSettings(temp, new SyntheticRecipe(seed)).withName(name), line -> {});
    }

    /** rows x (784 pixels, label). */
    private static List<int[]> rows(Path csv) throws IOException {
        List<int[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(csv)) {
            if (!line.startsWith("0,1,")) {
                String[] cells = line.split(",", -1);
                int[] row = new int[cells.length];
                for (int i = 0; i < row.length; i++) {
                    row[i] = Integer.parseInt(cells[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(longs = {SyntheticRecipe.DEFAULT_SEED, 2})
    void synthetic_anySeed_isBalancedAndNeitherTrivialNorHopelessForNearestNeighbour(long seed) throws IOException {
        PreparedDataset made = prepare("digits", seed);
        List<int[]> train = rows(made.train());
        List<int[]> test = rows(made.test());
        assertBalanced(train, 400);
        assertBalanced(test, 100);
        HashSet<String> different = new HashSet<>(Files.readAllLines(made.train()));
        different.addAll(Files.readAllLines(made.test()));
        assertThat(different).hasSize(5001); // no digit twice, and one header

        int right = 0;
        for (int[] row : test) {
            if (nearest(row, train)[784] == row[784]) {
                right++;
            }
        }
        assertThat(right / 10.0).as("1-NN accuracy in %%").isBetween(90.0, 99.0);
    }

    @Test
    void synthetic_sameSeed_sameBytesOnEveryMachine() {
        PreparedDataset first = prepare("first", SyntheticRecipe.DEFAULT_SEED);
        PreparedDataset again = prepare("again", SyntheticRecipe.DEFAULT_SEED);
        PreparedDataset other = prepare("other", 2);
        assertThat(first.provenance())
                .isEqualTo(again.provenance())
                .containsEntry("train.csv.sha256", "222795c3826be01a2406508dd75d0901589595a2811142b73d6abf4c77afd61d")
                .containsEntry("test.csv.sha256", "f5b4f2e67d5be4fe6f65f76db411e461918d26859b64134122feae92c8d3165a")
                .containsEntry("seed", "1");
        assertThat(other.provenance().get("train.csv.sha256"))
                .isNotEqualTo(first.provenance().get("train.csv.sha256"));
    }

    private static void assertBalanced(List<int[]> rows, int ofEach) {
        assertThat(rows).hasSize(10 * ofEach);
        for (int i = 0; i < rows.size(); i++) {
            int[] row = rows.get(i);
            assertThat(row[784]).isEqualTo(i / ofEach);
            int ink = 0;
            for (int p = 0; p < 784; p++) {
                ink += row[p] > 127 ? 1 : 0;
            }
            assertThat(ink).isBetween(15, 350); // something is drawn, and it is no blot
        }
    }

    private static int[] nearest(int[] row, List<int[]> train) {
        int[] best = train.get(0);
        int least = Integer.MAX_VALUE;
        for (int[] other : train) {
            int distance = 0;
            for (int p = 0; p < 784 && distance < least; ) {
                for (int end = p + 112; p < end; p++) {
                    int difference = row[p] - other[p];
                    distance += difference * difference;
                }
            }
            if (distance < least) {
                least = distance;
                best = other;
            }
        }
        return best;
    }
}
