package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.RequiresMnist;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;

/** The study's denoising autoencoder on the study's digits: when it stops, and that its bits hold. */
@RequiresMnist
@Timeout(300)
final class PaperTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void prepare() {
        String source = RequiresMnist.Folder.path().toString();
        assertThat(Program.run("local[1]", "prepare", "--source", source, "--datasets", folder.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void train_stopRuleAndEnoughEpochs_stopsWhereTheErrorIsConstant() throws IOException {
        assertThat(train("local[2]", "stopping", "--epochs", "400")).isZero();
        RunRow run = Program.rows(Table.RUNS, folder.resolve("out"), "stopping").get(0);
        assertThat(run.state().status()).isEqualTo(Status.STOPPED_EARLY);
        assertThat(Program.rows(Table.EPOCHS, folder.resolve("out"), "stopping").size())
                .isBetween(255, 330);
    }

    @Test
    void train_anyNumberOfCores_sameBits() throws IOException {
        List<String> weights = new ArrayList<>();
        for (String master : List.of("local[1]", "local[2]", "local[4]", "local[2]")) {
            String id = "cores" + weights.size();
            assertThat(train(master, id, "--epochs", "2")).isZero();
            weights.add(
                    Program.rows(Table.RUNS, folder.resolve("out"), id).get(0).weightsSha256());
        }
        assertThat(weights).containsOnly(weights.get(0));
    }

    private static int train(String master, String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--train",
                folder.resolve("paper/train.csv").toString(),
                "--test",
                folder.resolve("paper/test.csv").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--run-id",
                id));
        arguments.addAll(List.of(more));
        return Program.run(master, arguments.toArray(new String[0])).exitCode();
    }
}
