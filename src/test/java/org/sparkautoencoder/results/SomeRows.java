package org.sparkautoencoder.results;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Rows for tests, a few of each table. */
final class SomeRows {
    private static final Instant START = Instant.parse("2026-03-29T00:59:59.123456Z");

    private SomeRows() {}

    static RunRow run(Status status) {
        return new RunRow(
                "paper",
                "autoencoder",
                new RunState(status, START, null),
                new RunData("dataset/paper", 4000, 1000),
                new RunSettings(List.of(784, 200, 784), 250, 32, 0.01, 0.9, 42, 2, new RunNoise(0.4, 0.05, "fixed")),
                new RunPlatform(
                        2, 1, "native", new RunVersions("0.1.0", null, "4.1.0", "17.0.1"), "local[2]", "local-1"),
                null,
                new RunOrigin(null, null),
                null,
                "epochs=250\nseed=42\n",
                new RunFingerprints("0123456789abcdef0123456789abcdef", null),
                0);
    }

    static EpochRow epoch(int epoch) {
        return new EpochRow(
                "autoencoder",
                epoch,
                0,
                new EpochRow.Errors(0.07 / (epoch + 1), epoch % 10 == 0 ? 0.03 : null),
                new EpochRow.Duration(0.5, 8000.0),
                false,
                new EpochRow.Losses(0.07, null),
                new EpochRow.Times(0.3, 0.1, null, 0.1),
                null);
    }

    static DigitErrorRow digitError(Integer digit) {
        RowLabel label = digit == null ? RowLabel.NONE : RowLabel.digit(digit);
        return new DigitErrorRow("autoencoder", "test", "noised", false, label, 100, 0.02, 0.01);
    }

    static ConfusionRow confusion(int trueDigit, int predictedDigit, long n) {
        return new ConfusionRow(
                "classifier", "test", true, RowLabel.digit(trueDigit), RowLabel.digit(predictedDigit), n);
    }

    static ScoreRow score(Integer digit) {
        return digit == null
                ? ScoreRow.ofAllRows("classifier", "test", true, 200, 0.985, 0.985)
                : ScoreRow.ofLabel("classifier", "test", true, RowLabel.digit(digit), 100, 1.0, 0.97, 0.985);
    }

    static SampleRow sample() {
        float[] pixels = {0, 0.25f, 0.5f, 1, 0, 1};
        return new SampleRow("autoencoder", "test", "true", 7, RowLabel.digit(3), 3, 2, null, pixels);
    }

    static FeatureRow feature() {
        return new FeatureRow("autoencoder", 0, 2, 2, 1.5, new float[] {-1, 0.1f, 3.5f, 0});
    }

    static TrialRow trial(int trial, Status status) {
        return new TrialRow(
                "grid",
                trial,
                "grid-" + trial,
                status,
                0.1,
                new TrialRow.Outcome(0.002, null, 250, 20.5, null),
                "learning-rate=0.1\n",
                new TrialRow.Comparison("train-error", 0.002, null));
    }

    /** A finished run of 11 epochs with rows in all its tables, and a sweep of its name. */
    static void write(Path out, String runId) throws IOException {
        Configuration conf = new Configuration();
        ResultTables tables = ResultTables.create(out, conf, runId, run(Status.RUNNING));
        for (int epoch = 0; epoch < 11; epoch++) {
            tables.append(Table.EPOCHS, List.of(epoch(epoch)));
        }
        tables.append(Table.DIGIT_ERRORS, List.of(digitError(null), digitError(1), digitError(8)));
        tables.append(Table.CONFUSION, List.of(confusion(1, 1, 97), confusion(1, 7, 3), confusion(7, 7, 100)));
        tables.append(Table.SCORES, List.of(score(null), score(1)));
        tables.append(Table.SAMPLES, List.of(sample()));
        tables.append(Table.FEATURES, List.of(feature()));
        tables.putRun(run(Status.RUNNING).ended(Status.FINISHED, START.plusSeconds(20), "ab12", null));
        ResultTables.createSweep(out, conf, "sweep-of-" + runId, List.of(trial(0, Status.FINISHED)));
    }
}
