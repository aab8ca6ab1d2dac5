package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.model.Input;
import org.sparkautoencoder.model.LabelErrors;
import org.sparkautoencoder.model.Outputs;
import org.sparkautoencoder.model.Samples;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.FeatureRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RowLabel;
import org.sparkautoencoder.results.SampleRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.shards.Split;

/** What is measured of an autoencoder after its training, into the tables. */
public final class AutoencoderMetrics {
    private static final int SAMPLES = 8;

    private final ResultTables tables;
    private final String model;
    private final ImageLayout layout;
    private final List<RowLabel> labels;
    private final boolean noised;

    AutoencoderMetrics(ResultTables tables, String model, ImageLayout layout, Classes classes, boolean noised) {
        this.tables = tables;
        this.model = model;
        this.layout = layout;
        this.labels = RowLabel.of(classes.names());
        this.noised = noised;
    }

    /**
     * The errors of each class, of both splits, with and without noise, plain and thresholded.
     */
    Map<String, LabelErrors> errors(AutoencoderEvaluation evaluation, boolean hasTest) throws IOException {
        Map<String, LabelErrors> measured = new LinkedHashMap<>();
        List<DigitErrorRow> rows = new ArrayList<>();
        for (Split split : hasTest ? Split.values() : new Split[] {Split.TRAIN}) {
            for (Input input : noised ? Input.values() : new Input[] {Input.CLEAN}) {
                LabelErrors errors = evaluation.errors(split, input);
                measured.put(split.text() + " " + input.text(), errors);
                for (int label = 0; label <= errors.all(); label++) {
                    for (Outputs how : Outputs.values()) {
                        if (errors.n(label) > 0) {
                            rows.add(new DigitErrorRow(
                                    model,
                                    split.text(),
                                    input.text(),
                                    how == Outputs.THRESHOLDED,
                                    label == errors.all() ? RowLabel.NONE : labels.get(label),
                                    errors.n(label),
                                    errors.mean(label, how),
                                    errors.deviation(label, how)));
                        }
                    }
                }
            }
        }
        tables.put(Table.DIGIT_ERRORS, rows);
        return measured;
    }

    /** Random test rows. */
    void samples(AutoencoderEvaluation evaluation) throws IOException {
        List<SampleRow> rows = new ArrayList<>();
        for (Samples.Sample sample : evaluation.samples(SAMPLES)) {
            rows.add(sample("true", sample, sample.truth(), null));
            if (noised) {
                rows.add(sample("noised", sample, sample.shown(), Samples.error(sample.shown(), sample.truth())));
            }
            rows.add(sample("decoded", sample, sample.decoded(), Samples.error(sample.decoded(), sample.truth())));
        }
        tables.put(Table.SAMPLES, rows);
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
                    layout.width(),
                    layout.height(),
                    Math.sqrt(squares),
                    layout.upright(parameters, from)));
        }
        tables.put(Table.FEATURES, rows);
    }

    private SampleRow sample(String view, Samples.Sample sample, float[] pixels, Double error) {
        return new SampleRow(
                model,
                Split.TEST.text(),
                view,
                sample.id(),
                sample.label() == DataRow.UNLABELLED ? RowLabel.NONE : labels.get(sample.label()),
                layout.width(),
                layout.height(),
                error,
                layout.upright(pixels, 0));
    }
}
