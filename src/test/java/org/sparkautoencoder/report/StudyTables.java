package org.sparkautoencoder.report;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.FeatureRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RowLabel;
import org.sparkautoencoder.results.RunData;
import org.sparkautoencoder.results.RunFingerprints;
import org.sparkautoencoder.results.RunNoise;
import org.sparkautoencoder.results.RunOrigin;
import org.sparkautoencoder.results.RunPlatform;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.RunSettings;
import org.sparkautoencoder.results.RunState;
import org.sparkautoencoder.results.RunVersions;
import org.sparkautoencoder.results.SampleRow;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TrialRow;

/** The tables of a whole reproduction, with numbers like those of a real one. */
public final class StudyTables {
    static final String HTML = "<b onmouseover=alert(1)>\"x\" & 'y'</b></script>\u2028";
    static final int NEURONS = 40;
    static final int EPOCHS = 250;

    private static final Instant START = Instant.parse("2026-03-29T00:59:59.123456Z");

    private final Path out;
    private final Configuration conf = new Configuration();

    public StudyTables(Path out) {
        this.out = out;
    }

    /** The seven runs. */
    void reproduction(String id) throws IOException {
        autoencoder(id + "-ae", row("autoencoder", id, 0.01, null), 0.05, 0.003, 0.2);
        autoencoder(id + "-dae", row("denoising", id, 0.01, null), 0.1, 0.0087, 0.5);
        for (double rate : new double[] {0.1, 0.001, 0.0001}) {
            autoencoder(id + "-dae-" + rate, row("denoising", id, rate, null), 0.1, 0.002 / rate / 10, 0.5);
        }
        classifier(id + "-case-1", row("classifier", id, 0.01, id + "-ae"), 0.3875, Paper.CASE_1_TEST);
        classifier(id + "-case-2", row("classifier", id, 0.01, id + "-dae"), 0.25, Paper.CASE_2_TEST);
    }

    /** One training that has nothing to do with the study, of HTML wherever a text goes. */
    void ordinary(String id) throws IOException {
        RunRow row = row("denoising", null, 0.05, null);
        RunRow odd = new RunRow(
                HTML,
                "denoising",
                new RunState(Status.FAILED, START, null),
                new RunData("data/" + HTML, 60000, 10000),
                new RunSettings(List.of(784, 64, 784), 20, 64, 0.05, 0.9, 7, 4, new RunNoise(0.3, 0.1, "fresh")),
                new RunPlatform(4, 2, HTML, new RunVersions("0.1.0", HTML, "4.1.0", "17"), HTML, HTML),
                HTML,
                new RunOrigin(HTML, HTML),
                "broken: " + HTML,
                "train=" + HTML + "\nseed=7",
                new RunFingerprints(HTML, row.fingerprints().testFingerprint()),
                0);
        autoencoder(id, odd, 0.1, 0.02, 0.5);
    }

    /** A sweep of learning rates, the highest the best, whose last trial failed; each has one setting more. */
    void sweep(String id, int trials, String more) throws IOException {
        List<TrialRow> rows = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            double rate = 0.1 * Math.pow(0.6, trial);
            boolean failed = trial == trials - 1;
            String runId = id + "-t" + trial;
            RunRow run = trial(id, rate);
            ResultTables tables = ResultTables.create(out, conf, runId, run);
            if (!failed) {
                tables.append(Table.EPOCHS, epochs("denoising", EPOCHS, 0.1, 0.02 + 0.01 * trial));
            }
            Status status = failed ? Status.FAILED : Status.FINISHED;
            tables.putRun(run.ended(status, START.plusSeconds(20 + trial), "ef56".repeat(16), null));
            double error = 0.03 + 0.01 * trial;
            rows.add(new TrialRow(
                    id,
                    trial,
                    runId,
                    status,
                    rate,
                    new TrialRow.Outcome(
                            failed ? null : (Double) (error / 2),
                            failed ? null : (Double) error,
                            failed ? 0 : EPOCHS,
                            20,
                            failed ? "broken: " + more : null),
                    String.format(Locale.ROOT, "learning-rate=%.4f%n%s%n", rate, more),
                    new TrialRow.Comparison("test-error", failed ? null : (Double) error, null)));
        }
        ResultTables.createSweep(out, conf, id, rows);
    }

    private static RunRow trial(String sweepId, double rate) {
        RunRow row = row("denoising", sweepId, rate, null);
        return new RunRow(
                "sweep",
                row.model(),
                row.state(),
                row.data(),
                row.training(),
                row.platform(),
                row.weightsSha256(),
                row.origin(),
                row.error(),
                row.settings(),
                row.fingerprints(),
                0);
    }

    /** A run that has only begun. */
    public void begun(String id) throws IOException {
        ResultTables.create(out, conf, id, row("denoising", null, 0.01, null));
    }

    private void autoencoder(String id, RunRow row, double first, double last, double noisiness) throws IOException {
        ResultTables tables = ResultTables.create(out, conf, id, row);
        tables.append(Table.EPOCHS, epochs(row.model(), row.training().epochs(), first, last));
        List<DigitErrorRow> errors = new ArrayList<>();
        for (String split : List.of("train", "test")) {
            for (boolean thresholded : new boolean[] {false, true}) {
                for (int d = 0; d <= 10; d++) {
                    double error = last
                            * (split.equals("test") ? 2.7 : 1)
                            * (thresholded ? 1.15 : 1)
                            * (d == 10 ? 1 : d == 1 ? 0.5 : 1 + 0.01 * d);
                    errors.add(new DigitErrorRow(
                            row.model(),
                            split,
                            row.training().noise().noiseMode() == null ? "clean" : "noised",
                            thresholded,
                            d == 10 ? RowLabel.NONE : RowLabel.digit(d),
                            d == 10 ? 4000 : 400,
                            error,
                            error / 3));
                }
            }
        }
        tables.append(Table.DIGIT_ERRORS, errors);
        SplittableRandom random = new SplittableRandom(row.training().seed());
        List<FeatureRow> features = new ArrayList<>();
        for (int neuron = 0; neuron < NEURONS; neuron++) {
            features.add(new FeatureRow(row.model(), neuron, 28, 28, 1.5, picture(random, neuron, noisiness)));
        }
        tables.append(Table.FEATURES, features);
        List<SampleRow> samples = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            for (String view : List.of("true", "noised", "decoded")) {
                float[] pixels = picture(random, i, view.equals("noised") ? 0.5 : 0);
                for (int p = 0; p < pixels.length; p++) {
                    pixels[p] = Math.min(1, Math.max(0, pixels[p]));
                }
                samples.add(new SampleRow(
                        row.model(),
                        "test",
                        view,
                        10L * i,
                        RowLabel.digit(i),
                        28,
                        28,
                        view.equals("true") ? null : 0.02,
                        pixels));
            }
        }
        tables.append(Table.SAMPLES, samples);
        tables.putRun(
                row.state().status() == Status.FAILED
                        ? row
                        : row.ended(Status.FINISHED, START.plusSeconds(20), "ab12".repeat(16), null));
    }

    private void classifier(String id, RunRow row, double first, Confusion test) throws IOException {
        ResultTables tables = ResultTables.create(out, conf, id, row);
        tables.append(Table.EPOCHS, epochs("classifier", row.training().epochs(), first, 1 - test.accuracy()));
        List<ConfusionRow> rows = new ArrayList<>();
        List<ScoreRow> scores = new ArrayList<>();
        for (String split : List.of("train", "test")) {
            for (boolean thresholded : new boolean[] {false, true}) {
                for (int t = 0; t < 10; t++) {
                    for (int p = 0; p < 10; p++) {
                        // Without the threshold, half of the wrong zeros are right after all.
                        long wrong = p == 0 && t != 0 && !thresholded ? test.n()[t][0] / 3 : test.n()[t][p];
                        long n = p == t && t != 0 && !thresholded ? wrong + test.n()[t][0] - test.n()[t][0] / 3 : wrong;
                        rows.add(new ConfusionRow(
                                "classifier",
                                split,
                                thresholded,
                                RowLabel.digit(t),
                                RowLabel.digit(p),
                                split.equals("train") ? 4 * n : n));
                    }
                }
                scores.add(ScoreRow.ofAllRows("classifier", split, thresholded, 1000, 0.9, test.balancedAccuracy()));
                scores.add(
                        ScoreRow.ofLabel("classifier", split, thresholded, RowLabel.digit(3), 100, 0.91, 0.92, 0.915));
            }
        }
        tables.append(Table.CONFUSION, rows);
        tables.append(Table.SCORES, scores);
        tables.putRun(row.ended(Status.FINISHED, START.plusSeconds(10), "cd34".repeat(16), null));
    }

    static List<EpochRow> epochs(String model, int n, double first, double last) {
        List<EpochRow> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < n; epoch++) {
            double error = last + (first - last) * Math.pow(epoch + 1, -0.75);
            boolean classifier = model.equals("classifier");
            Double test = classifier || epoch % 10 == 0 ? (Double) (error * 1.3) : null;
            epochs.add(new EpochRow(
                    model,
                    epoch,
                    0,
                    new EpochRow.Errors(error, test),
                    new EpochRow.Duration(0.1, 40000.0),
                    false,
                    new EpochRow.Losses(error, test),
                    new EpochRow.Times(0.05, 0.01, null, 0.04),
                    classifier ? (Double) (error * 0.8) : null));
        }
        return epochs;
    }

    static float[] picture(SplittableRandom random, int i, double noise) {
        float[] pixels = new float[28 * 28];
        for (int p = 0; p < pixels.length; p++) {
            double x = (p % 28 - 13.5) / 28;
            double y = (Math.floorDiv(p, 28) - 13.5) / 28;
            pixels[p] = (float) (Math.exp(-20 * (x * x + y * y) * (1 + i % 5)) + noise * (random.nextDouble() - 0.5));
        }
        return pixels;
    }

    /** This row under another experiment's name, with other settings. */
    static RunRow named(RunRow row, String experiment, String settings) {
        return row(
                row.model(),
                experiment,
                row.origin().sweepId(),
                row.training().learningRate(),
                row.origin().parentRunId(),
                settings);
    }

    static RunRow row(String model, String reproduction, double rate, String parent) {
        String experiment = reproduction == null ? "train" : "reproduce";
        return row(model, experiment, reproduction, rate, parent, "epochs=250\nseed=1\n");
    }

    private static RunRow row(
            String model, String experiment, String reproduction, double rate, String parent, String settings) {
        boolean noised = model.equals("denoising");
        return new RunRow(
                experiment,
                model,
                new RunState(Status.RUNNING, START, null),
                new RunData("paper", 4000, 1000),
                new RunSettings(
                        model.equals("classifier") ? List.of(784, 200, 10) : List.of(784, 200, 784),
                        EPOCHS,
                        32,
                        (float) rate,
                        0.9f,
                        1,
                        2,
                        noised ? new RunNoise(0.4, 0.05, "fixed") : RunNoise.NONE),
                new RunPlatform(
                        2,
                        1,
                        "native (OpenBLAS 0.3.31)",
                        new RunVersions("0.1.0", "abc1234", "4.1.0", "17.0.1"),
                        "local[2]",
                        "local-1"),
                null,
                new RunOrigin(parent, reproduction),
                null,
                settings,
                new RunFingerprints("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"),
                0);
    }
}
