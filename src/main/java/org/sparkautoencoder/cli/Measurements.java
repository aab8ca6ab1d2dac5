package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparkautoencoder.digits.Digit;
import org.sparkautoencoder.digits.Split;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.FeatureRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.SampleRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.training.DigitErrors;
import org.sparkautoencoder.training.Evaluation;
import org.sparkautoencoder.training.Input;
import org.sparkautoencoder.training.Outputs;
import org.sparkautoencoder.training.Samples;

/** What is measured of an autoencoder after its training: into the tables, and onto the console. */
final class Measurements {
    private static final int SAMPLES = 8;

    private final ResultTables tables;
    private final String model;
    private final Pictures pictures;
    private final boolean noised;

    Measurements(ResultTables tables, String model, Pictures pictures, boolean noised) {
        this.tables = tables;
        this.model = model;
        this.pictures = pictures;
        this.noised = noised;
    }

    /**
     * The errors of each digit, of both splits, with and without noise, plain and thresholded.
     *
     * @param out where they are printed; null for nowhere
     */
    void digitErrors(Evaluation evaluation, boolean hasTest, PrintStream out) throws IOException {
        Map<String, DigitErrors> measured = new LinkedHashMap<>();
        List<DigitErrorRow> rows = new ArrayList<>();
        for (Split split : hasTest ? Split.values() : new Split[] {Split.TRAIN}) {
            for (Input input : noised ? Input.values() : new Input[] {Input.CLEAN}) {
                DigitErrors errors = evaluation.errors(split, input);
                measured.put(split.text() + " " + input.text(), errors);
                for (int digit = 0; digit <= DigitErrors.ALL; digit++) {
                    for (Outputs how : Outputs.values()) {
                        if (errors.n(digit) > 0) {
                            rows.add(new DigitErrorRow(
                                    model,
                                    split.text(),
                                    input.text(),
                                    how == Outputs.THRESHOLDED,
                                    digit == DigitErrors.ALL ? null : digit,
                                    errors.n(digit),
                                    errors.mean(digit, how),
                                    errors.deviation(digit, how)));
                        }
                    }
                }
            }
        }
        tables.append(Table.DIGIT_ERRORS, rows);
        if (out != null) {
            print(measured, out);
        }
    }

    /** Random test digits. */
    void samples(Evaluation evaluation) throws IOException {
        List<SampleRow> rows = new ArrayList<>();
        for (Samples.Sample sample : evaluation.samples(SAMPLES)) {
            rows.add(sample("true", sample, sample.truth(), null));
            if (noised) {
                rows.add(sample("noised", sample, sample.shown(), Samples.error(sample.shown(), sample.truth())));
            }
            rows.add(sample("decoded", sample, sample.decoded(), Samples.error(sample.decoded(), sample.truth())));
        }
        tables.append(Table.SAMPLES, rows);
    }

    /** The weights of the first hidden layer. */
    void features(Layers layers, float[] parameters) throws IOException {
        List<FeatureRow> rows = new ArrayList<>();
        for (int neuron = 0; neuron < layers.size(1); neuron++) {
            int from = layers.weights(1) + neuron * layers.inputs();
            double squares = 0;
            for (int i = from; i < from + layers.inputs(); i++) {
                squares += (double) parameters[i] * parameters[i];
            }
            rows.add(new FeatureRow(
                    model,
                    neuron,
                    pictures.width(),
                    pictures.height(),
                    Math.sqrt(squares),
                    pictures.upright(parameters, from)));
        }
        tables.append(Table.FEATURES, rows);
    }

    private SampleRow sample(String view, Samples.Sample sample, float[] pixels, Double error) {
        return new SampleRow(
                model,
                Split.TEST.text(),
                view,
                sample.id(),
                sample.label() == Digit.UNLABELLED ? null : sample.label(),
                pictures.width(),
                pictures.height(),
                error,
                pictures.upright(pixels, 0));
    }

    /** Errors by the name of what they are of, a column each. */
    static void print(Map<String, DigitErrors> measured, PrintStream out) {
        StringBuilder above = new StringBuilder("mean squared error");
        StringBuilder head = new StringBuilder("digit             ");
        for (String name : measured.keySet()) {
            above.append(String.format("  %-22s", name + " input"));
            head.append(String.format("  %10s %11s", "plain", "thresholded"));
        }
        out.println();
        out.println(above.toString().stripTrailing());
        out.println(head);
        for (int digit = 0; digit <= DigitErrors.ALL; digit++) {
            StringBuilder line = new StringBuilder(String.format("%-18s", digit == DigitErrors.ALL ? "all" : digit));
            boolean any = false;
            for (DigitErrors errors : measured.values()) {
                any |= errors.n(digit) > 0;
                for (Outputs how : Outputs.values()) {
                    boolean thresholded = how == Outputs.THRESHOLDED;
                    line.append(thresholded ? " " : "  ")
                            .append(
                                    errors.n(digit) == 0
                                            ? " ".repeat(thresholded ? 11 : 10)
                                            : String.format(
                                                    Locale.ROOT,
                                                    thresholded ? "%11.5f" : "%10.5f",
                                                    errors.mean(digit, how)));
                }
            }
            if (any) {
                out.println(line);
            }
        }
        out.println();
    }
}
