package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Table;

/** Classifiers on small data: frozen, fine-tuned and from scratch. */
@Timeout(120)
final class ClassifierTest {
    @TempDir
    Path folder;

    private Path train;
    private Path test;
    private Path out;

    @BeforeEach
    void trainEncoder() throws IOException {
        train = Program.csv(folder.resolve("train.csv"), 200, 1);
        test = Program.csv(folder.resolve("test.csv"), 60, 2);
        out = folder.resolve("out");
        assertThat(train("local[2]", "encoder", "--epochs", "30", "--learning-rate", "0.05"))
                .isZero();
    }

    @Test
    void classifier_frozen_keepsTheEncoderAndTrainsItsLastLayer() throws IOException {
        assertThat(classifier("local[2]", "frozen", "--epochs", "40", "--learning-rate", "0.1"))
                .isZero();
        Layers whole = new Layers(36, 200, 10);
        float[] encoder = parameters("encoder", new Layers(36, 200, 36));
        float[] classifier = parameters("frozen", whole);
        assertThat(whole.weights(2)).isEqualTo(36 * 200 + 200);
        for (int i = 0; i < whole.weights(2); i++) {
            assertThat(classifier[i]).isEqualTo(encoder[i]);
        }
        RunRow run = run("frozen");
        assertThat(run.training().layers()).containsExactly(36, 200, 10);
        assertThat(run.origin().parentRunId()).isEqualTo("encoder");
        assertThat(score("frozen", false).accuracy()).isGreaterThan(0.9);
        List<EpochRow> epochs = Program.rows(Table.EPOCHS, out, "frozen");
        assertThat(epochs)
                .allSatisfy(epoch -> assertThat(epoch.errors().testError()).isNotNull());
        EpochRow last = epochs.get(epochs.size() - 1);
        assertThat(last.errors().testError())
                .isEqualTo(1 - score("frozen", "test", true).balancedAccuracy());
        assertThat(last.trainErrorAtEnd())
                .isEqualTo(1 - score("frozen", "train", true).balancedAccuracy());
        assertThat(Program.rows(Table.CONFUSION, out, "frozen")).hasSize(400);
    }

    @Test
    void classifier_anyNumberOfCores_sameBits() throws IOException {
        for (List<String> kind : List.of(List.<String>of(), List.of("--fine-tune", "--loss", "cross-entropy"))) {
            List<String> weights = new ArrayList<>();
            for (String master : List.of("local[1]", "local[2]", "local[4]")) {
                String id = "bits" + kind.size() + weights.size();
                List<String> options = new ArrayList<>(kind);
                options.addAll(List.of("--epochs", "3", "--shards", "3"));
                assertThat(classifier(master, id, options.toArray(new String[0])))
                        .isZero();
                weights.add(run(id).weightsSha256());
            }
            assertThat(weights).containsOnly(weights.get(0));
        }
    }

    @Test
    void classifier_fineTunedWithCrossEntropy_stopsWhenItsErrorIsSmall() throws IOException {
        assertThat(classifier(
                        "local[2]",
                        "tuned",
                        "--fine-tune",
                        "--loss",
                        "cross-entropy",
                        "--learning-rate",
                        "0.1",
                        "--epochs",
                        "400"))
                .isZero();
        List<EpochRow> epochs = Program.rows(Table.EPOCHS, out, "tuned");
        assertThat(epochs.size()).isLessThan(400);
        EpochRow last = epochs.get(epochs.size() - 1);
        assertThat(last.errors().trainError()).isLessThan(0.01);
        assertThat(last.errors().testError())
                .isEqualTo(1 - score("tuned", false).balancedAccuracy());
        assertThat(last.losses().trainLoss()).isLessThan(epochs.get(0).losses().trainLoss());
        assertThat(parameters("tuned", new Layers(36, 200, 10))[0])
                .isNotEqualTo(parameters("encoder", new Layers(36, 200, 36))[0]);
    }

    @Test
    void classifier_wrongEncoderOrOptions_isRefused() {
        assertThat(train(
                        "local[1]",
                        "no",
                        "--model",
                        "classifier",
                        "--encoder",
                        folder.resolve("none").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(train("local[1]", "no", "--model", "classifier", "--fine-tune"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "no", "--loss", "cross-entropy")).isEqualTo(ExitCode.USAGE);
        assertThat(classifier("local[1]", "no", "--loss", "hinge")).isEqualTo(ExitCode.USAGE);
        assertThat(classifier("local[1]", "no", "--output", "linear")).isEqualTo(ExitCode.USAGE);
        assertThat(train("local[1]", "no", "--output", "softmax")).isEqualTo(ExitCode.USAGE);
        assertThat(out.resolve("runs/run_id=no")).doesNotExist();
    }

    private int classifier(String master, String id, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--model",
                "classifier",
                "--encoder",
                out.resolve("models/encoder").toString()));
        options.addAll(List.of(more));
        return train(master, id, options.toArray(new String[0]));
    }

    private int train(String master, String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--train",
                train.toString(),
                "--test",
                test.toString(),
                "--out",
                out.toString(),
                "--run-id",
                id,
                "--progress",
                "none"));
        arguments.addAll(List.of(more));
        return Program.run(master, arguments.toArray(new String[0])).exitCode();
    }

    private float[] parameters(String id, Layers layers) throws IOException {
        org.apache.hadoop.fs.Path folder =
                new org.apache.hadoop.fs.Path(out.resolve("models").resolve(id).toUri());
        Map<String, Object> description = ModelFolder.describe(folder, new Configuration());
        assertThat(ModelFolder.layers(description)).isEqualTo(layers);
        return ModelFolder.parameters(folder, new Configuration(), description);
    }

    private RunRow run(String id) throws IOException {
        return Program.rows(Table.RUNS, out, id).get(0);
    }

    private ScoreRow score(String id, boolean thresholded) throws IOException {
        return score(id, "test", thresholded);
    }

    private ScoreRow score(String id, String split, boolean thresholded) throws IOException {
        return Program.rows(Table.SCORES, out, id).stream()
                .filter(row -> row.digit() == null && row.split().equals(split) && row.thresholded() == thresholded)
                .findFirst()
                .orElseThrow();
    }
}
