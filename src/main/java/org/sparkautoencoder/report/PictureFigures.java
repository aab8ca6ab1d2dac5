package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.sparkautoencoder.kernel.Threshold;
import org.sparkautoencoder.results.FeatureRow;
import org.sparkautoencoder.results.SampleRow;

/** Pictures: figures 1.4 to 1.6, and those of any other run. */
final class PictureFigures {
    private static final int NEURONS = 20;
    private static final int SAMPLES = 8;
    private static final String SCALED = "each scaled from its lowest weight (black) to its highest (white)";

    private PictureFigures() {}

    /** Figures 1.4 and 1.5; number null for a run that is no part of the study, which may have no such figure: null. */
    static Figure weights(String number, String id, Run run, String network) {
        String title = "Weight images of " + NEURONS + " hidden neurons, " + network;
        List<FeatureRow> chosen = run == null ? List.of() : chosen(run);
        if (chosen.isEmpty()) {
            return number == null
                    ? null
                    : Figure.missing(number, title, "there are no weight images of this network", List.of());
        }
        Html pictures = new Html();
        Html rows = new Html();
        for (FeatureRow feature : chosen) {
            String noisiness = Numbers.fraction(Noisiness.of(feature.pixels(), feature.width()));
            float[] range = range(feature.pixels());
            pictures.add(
                    "<img src=\"{}\" width={} height={} alt=\"weights of neuron {}\">",
                    Png.dataUri(feature.pixels(), feature.width(), range[0], range[1]),
                    feature.width(),
                    feature.height(),
                    feature.neuron());
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                    feature.neuron(),
                    Numbers.fraction(feature.weightNorm()),
                    Numbers.fraction((double) range[0]),
                    Numbers.fraction((double) range[1]),
                    noisiness);
        }
        return new Figure(
                id,
                number,
                title,
                chosen.size() + " of " + run.features().size() + " neurons, drawn at random by the run’s seed, "
                        + SCALED + ". The study shows such pictures without numbers; claim 5 is about them.",
                Html.of("<div class=\"thumbnails\">{}</div>", pictures),
                List.of(),
                Html.of(
                        "<table><thead><tr><th scope=col>neuron</th><th scope=col>norm</th><th scope=col>lowest</th>"
                                + "<th scope=col>highest</th><th scope=col>noisiness H</th></tr></thead>"
                                + "<tbody>{}</tbody></table>",
                        rows),
                List.of());
    }

    /** Figure 1.6; number null for a run that is no part of the study, which may have no such figure: null. */
    static Figure samples(String number, String id, Run run) {
        String what = number != null || run.hasDigits() ? "digits" : "rows";
        String title = "Test " + what + ": true, noised, decoded";
        Map<Long, Map<String, SampleRow>> rows = new TreeMap<>();
        if (run != null) {
            for (SampleRow sample : run.samples()) {
                if (sample.pixels() != null && (rows.size() < SAMPLES || rows.containsKey(sample.rowId()))) {
                    rows.computeIfAbsent(sample.rowId(), row -> new TreeMap<>()).put(sample.view(), sample);
                }
            }
        }
        if (rows.isEmpty()) {
            return number == null
                    ? null
                    : Figure.missing(number, title, "there are no samples of this network", List.of());
        }
        Html lines = new Html();
        for (String view : List.of("true", "noised", "decoded", "thresholded")) {
            Html cells = new Html();
            boolean any = false;
            for (Map<String, SampleRow> sample : rows.values()) {
                SampleRow picture = sample.get(view.equals("thresholded") ? "decoded" : view);
                any |= picture != null;
                cells.add("<td>{}</td>", picture == null ? "" : picture(picture, view));
            }
            if (any) {
                lines.add("<tr><th scope=row>{}</th>{}</tr>", view, cells);
            }
        }
        return new Figure(
                id,
                number,
                title,
                rows.size() + " random test " + what
                        + ": the original, the noised input, the output, and the output with the"
                        + " study’s threshold, which sets values of at least ¾ to 1 and of at most ¼ to 0.",
                Html.of(
                        "<div class=scroll tabindex=0 role=region aria-label=\"{}\"><table class=\"samples\">"
                                + "<tbody>{}</tbody></table></div>",
                        title,
                        lines),
                List.of(),
                errors(rows, what.equals("digits") ? "digit" : "label"),
                List.of());
    }

    private static Html picture(SampleRow sample, String view) {
        float[] pixels = sample.pixels();
        if (view.equals("thresholded")) {
            pixels = pixels.clone();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = Threshold.apply(pixels[i]);
            }
        }
        return Html.of(
                "<img src=\"{}\" width={} height={} alt=\"{} {}\">",
                Png.dataUri(pixels, sample.width(), 0, 1),
                sample.width(),
                sample.height(),
                sample.label() == null ? "row " + sample.rowId() : sample.label(),
                view);
    }

    private static Html errors(Map<Long, Map<String, SampleRow>> samples, String noun) {
        Html rows = new Html();
        samples.forEach((row, views) -> rows.add(
                "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
                row,
                Numbers.or(views.values().iterator().next().label()),
                Numbers.error(views.containsKey("noised") ? views.get("noised").error() : null),
                Numbers.error(
                        views.containsKey("decoded") ? views.get("decoded").error() : null)));
        return Html.of(
                "<table><thead><tr><th scope=col>test row</th><th scope=col>{}</th>"
                        + "<th scope=col>error, noised</th><th scope=col>error, decoded</th></tr></thead>"
                        + "<tbody>{}</tbody></table>",
                noun,
                rows);
    }

    private static List<FeatureRow> chosen(Run run) {
        List<FeatureRow> features = new ArrayList<>(run.features().stream()
                .filter(feature -> feature.pixels() != null)
                .toList());
        features.sort(Comparator.comparingInt(FeatureRow::neuron));
        Collections.shuffle(features, new Random(run.row().training().seed()));
        return features.stream()
                .limit(NEURONS)
                .sorted(Comparator.comparingInt(FeatureRow::neuron))
                .toList();
    }

    private static float[] range(float[] pixels) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float pixel : pixels) {
            low = Math.min(low, pixel);
            high = Math.max(high, pixel);
        }
        return new float[] {low, high};
    }
}
