package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.RowLabel;

/** Errors at the end of a training: figures 1.2 and 1.3, and those of any other run. */
final class ErrorFigures {
    private static final int MOST_LABELS = 30; // of a chart

    private ErrorFigures() {}

    /** Figure 1.2. */
    static Figure average(Run run) {
        String title = "Average error of the denoising autoencoder";
        Double train = run == null ? null : run.error("train", run.input(), true, null);
        Double test = run == null ? null : run.error("test", run.input(), true, null);
        List<Comparison> comparisons = List.of(
                Comparison.relative("average train error", Paper.TRAIN_ERROR, train, Tolerances.TRAIN_ERROR),
                Comparison.relative("average test error", Paper.TEST_ERROR, test, Tolerances.TEST_ERROR));
        if (train == null || test == null) {
            return Figure.missing("1.2", title, "there are no errors of a denoising autoencoder", comparisons);
        }
        Chart chart = Chart.bars(
                "chart-figure-1-2",
                "",
                "mean squared error",
                List.of("train", "test"),
                List.of(
                        new Chart.Series("here", "", List.of(train, test)),
                        new Chart.Series(
                                "the study",
                                "",
                                List.of(Double.parseDouble(Paper.TRAIN_ERROR), Double.parseDouble(Paper.TEST_ERROR)))));
        return new Figure(
                Figure.id("1.2"),
                "1.2",
                title,
                "The input is noised, and output values of at least ¾ are set to 1, of at most ¼ to 0: only with this"
                        + " threshold are the study’s values reproduced. Without the threshold the errors are "
                        + Numbers.error(run.error("train", run.input(), false, null)) + " and "
                        + Numbers.error(run.error("test", run.input(), false, null)) + ".",
                chart.element(title + ": train " + Numbers.error(train) + ", test " + Numbers.error(test)
                        + "; in the study " + Paper.TRAIN_ERROR + " and " + Paper.TEST_ERROR + "."),
                List.of(chart),
                table(run),
                comparisons);
    }

    /** Figure 1.3. */
    static Figure digits(Run run) {
        String title = "Error of each digit";
        double[] train = Claims.digitErrors(run, "train");
        double[] test = Claims.digitErrors(run, "test");
        boolean there = train != null && test != null;
        double[] both = there ? both(train, test) : null;
        List<Comparison> comparisons = List.of(
                Comparison.relative(
                        "lowest error of a digit",
                        Paper.LOWEST_ERROR,
                        there ? both[DigitClaims.lowest(both)] : null,
                        Tolerances.TRAIN_ERROR),
                Comparison.relative(
                        "highest error of a digit",
                        Paper.HIGHEST_ERROR,
                        there ? both[DigitClaims.highest(both)] : null,
                        Tolerances.TRAIN_ERROR),
                Comparison.same(
                        "digit with the lowest test error",
                        Paper.LOWEST_DIGIT,
                        there ? DigitClaims.lowest(test) : null),
                Comparison.same(
                        "digit with the highest test error",
                        Paper.HIGHEST_DIGIT,
                        there ? DigitClaims.highest(test) : null));
        if (!there) {
            return Figure.missing("1.3", title, "there are no errors of each digit", comparisons);
        }
        Chart chart = bars("chart-figure-1-3", "digit", Confusion.DIGITS, boxed(train), boxed(test));
        return new Figure(
                Figure.id("1.3"),
                "1.3",
                title,
                String.format(
                        Locale.ROOT,
                        "%s The study’s values (%s to %s) cannot be the errors of figure 1.2: with as many rows of"
                                + " each digit, their mean is the average error, and an average test error of %s"
                                + " cannot be below the lowest error of a digit, %s. Ours are consistent: the means over the"
                                + " digits are %.5f on train and %.5f on test.",
                        isContradiction() ? "This figure cannot be reproduced." : "",
                        Paper.LOWEST_ERROR,
                        Paper.HIGHEST_ERROR,
                        Paper.TEST_ERROR,
                        Paper.LOWEST_ERROR,
                        Arrays.stream(train).average().orElse(0),
                        Arrays.stream(test).average().orElse(0)),
                chart.element(summary("digit", Confusion.DIGITS, boxed(train), boxed(test))),
                List.of(chart),
                table(run),
                comparisons);
    }

    /** The errors of each label of a run that is no part of the study; null if there are none. */
    static Figure other(Run run, String id) {
        if (run.digitErrors().isEmpty()) {
            return null;
        }
        List<String> all = labels(run);
        String noun = noun(run);
        String input = run.input();
        Html table = table(run);
        if (all.isEmpty()) {
            return new Figure(
                    id,
                    null,
                    "Error",
                    "At the end of the training, with " + input + " input.",
                    table,
                    List.of(),
                    null,
                    List.of());
        }
        List<String> shown = all.size() > MOST_LABELS ? highest(run, all) : all;
        List<Double> train = errors(run, "train", shown);
        List<Double> test = errors(run, "test", shown);
        Chart chart = bars("chart-" + id, noun, shown, train, test);
        return new Figure(
                id,
                null,
                "Error of each " + noun,
                "At the end of the training, with " + input + " input and thresholded output."
                        + (shown.size() == all.size()
                                ? ""
                                : " Of " + Numbers.count(all.size()) + " labels the " + shown.size()
                                        + " with the highest errors are drawn, the highest first; the table below has all."),
                chart.element(summary(noun, shown, train, test)),
                List.of(chart),
                table,
                List.of());
    }

    // The labels with the highest errors on test, or on train if there is no test set.
    private static List<String> highest(Run run, List<String> labels) {
        String split = errors(run, "test", labels).stream().allMatch(Objects::isNull) ? "train" : "test";
        Map<String, Double> errors = new HashMap<>();
        labels.forEach(label -> errors.put(label, run.error(split, run.input(), true, label)));
        return labels.stream()
                .sorted(Comparator.comparing(errors::get, Comparator.nullsFirst(Comparator.<Double>naturalOrder()))
                        .reversed())
                .limit(MOST_LABELS)
                .toList();
    }

    private static List<String> labels(Run run) {
        return RowLabel.sorted(run.digitErrors().stream()
                .map(DigitErrorRow::label)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
    }

    private static String noun(Run run) {
        return run.hasDigits() ? "digit" : "label";
    }

    // Of the thresholded outputs; null where there is none.
    private static List<Double> errors(Run run, String split, List<String> labels) {
        List<Double> errors = new ArrayList<>();
        labels.forEach(label -> errors.add(run.error(split, run.input(), true, label)));
        return errors;
    }

    /** An average cannot lie below all it is an average of. */
    private static boolean isContradiction() {
        return Double.parseDouble(Paper.LOWEST_ERROR)
                > Math.max(Double.parseDouble(Paper.TRAIN_ERROR), Double.parseDouble(Paper.TEST_ERROR));
    }

    private static Chart bars(String id, String noun, List<String> labels, List<Double> train, List<Double> test) {
        List<Chart.Series> series = new ArrayList<>();
        series.add(new Chart.Series("train", "", train));
        if (isAny(test)) {
            series.add(new Chart.Series("test", "", test));
        }
        return Chart.bars(id, noun, "mean squared error", labels, series);
    }

    private static String summary(String noun, List<String> labels, List<Double> train, List<Double> test) {
        return "Mean squared error of each " + noun + ". Train: " + each(labels, train) + "."
                + (isAny(test) ? " Test: " + each(labels, test) + "." : "");
    }

    private static String each(List<String> labels, List<Double> errors) {
        return String.join(
                ", ",
                IntStream.range(0, labels.size())
                        .mapToObj(i -> labels.get(i) + ": " + Numbers.error(errors.get(i)))
                        .toList());
    }

    private static boolean isAny(List<Double> errors) {
        return errors.stream().anyMatch(Objects::nonNull);
    }

    private static List<Double> boxed(double[] errors) {
        return Arrays.stream(errors).boxed().toList();
    }

    private static double[] both(double[] train, double[] test) {
        double[] both = Arrays.copyOf(train, train.length + test.length);
        System.arraycopy(test, 0, both, train.length, test.length);
        return both;
    }

    // The errors with this input; the charts show the thresholded ones.
    private static Html table(Run run) {
        String input = run.input();
        Html rows = new Html();
        List<String> labels = new ArrayList<>(labels(run));
        labels.add(null); // all rows
        for (String label : labels) {
            Long n = run.digitErrors().stream()
                    .filter(row -> Objects.equals(label, row.label()))
                    .filter(row -> row.split().equals("test"))
                    .map(DigitErrorRow::n)
                    .findFirst()
                    .orElse(null);
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                    label == null ? "all" : label,
                    Numbers.error(run.error("train", input, true, label)),
                    Numbers.error(run.error("test", input, true, label)),
                    Numbers.error(run.error("train", input, false, label)),
                    Numbers.error(run.error("test", input, false, label)),
                    n == null ? "–" : Numbers.count(n));
        }
        return Html.of(
                "<table><thead><tr><th scope=col>{}</th><th scope=col>train, thresholded</th>"
                        + "<th scope=col>test, thresholded</th><th scope=col>train, plain</th>"
                        + "<th scope=col>test, plain</th><th scope=col>test rows</th></tr></thead>"
                        + "<tbody>{}</tbody></table>",
                noun(run),
                rows);
    }
}
