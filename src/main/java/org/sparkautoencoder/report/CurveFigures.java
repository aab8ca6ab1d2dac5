package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.sparkautoencoder.report.Comparison.Agreement;
import org.sparkautoencoder.results.EpochRow;

/** Errors by epoch: figures 1.1, 2.1 and 2.2, the grid of learning rates, and any other training. */
final class CurveFigures {
    private static final String EPOCH = "epoch";

    private CurveFigures() {}

    /** Figure 1.1. */
    static Figure denoising(Run run) {
        String title = "Training error of the denoising autoencoder";
        List<Comparison> comparisons = new ArrayList<>();
        List<List<Double>> points = new ArrayList<>();
        for (Map.Entry<Integer, String> point : Paper.CURVE) {
            comparisons.add(atEndOfEpoch(
                    "error at the end of epoch " + point.getKey(),
                    run,
                    point.getKey(),
                    point.getValue(),
                    Tolerances.CURVE));
            points.add(List.of((double) point.getKey(), Double.parseDouble(point.getValue())));
        }
        if (run == null || run.epochs().isEmpty()) {
            return Figure.missing(
                    "1.1", title, "there is no denoising autoencoder with the study's settings", comparisons);
        }
        return curve(
                run,
                "1.1",
                title,
                "mean squared error",
                true,
                "The study's points are the errors of the last minibatch of 32 rows of an epoch, ours are means"
                        + " over the epoch. The error at an epoch's end lies between the mean of that epoch and of the"
                        + " next one; a point agrees if it lies between these two, widened by the tolerance.",
                points,
                comparisons);
    }

    /** Figures 2.1 and 2.2. */
    static Figure classifier(String number, Run run, String encoder, Paper.ClassifierCurve paper) {
        String title = "Training error of the classifier on the " + encoder + "’s encoder";
        List<Comparison> comparisons = List.of(
                Comparison.absolute(
                        "error at the end of epoch 0", paper.first(), atEnd(run, 0), paper.firstTolerance()),
                Comparison.absolute(
                        "error at the end of epoch " + Paper.LAST_POINT,
                        paper.last(),
                        atEnd(run, Paper.LAST_POINT),
                        paper.lastTolerance()));
        if (run == null || run.epochs().isEmpty()) {
            return Figure.missing(number, title, "there is no classifier on this encoder", comparisons);
        }
        return curve(
                run,
                number,
                title,
                "1 − balanced accuracy",
                false,
                "Both the study’s errors, of every tenth epoch, and ours are those of all training digits under the weights"
                        + " at an epoch’s end, predicted after the threshold. " + momentum(run),
                List.of(
                        List.of(0.0, Double.parseDouble(paper.first())),
                        List.of((double) Paper.LAST_POINT, Double.parseDouble(paper.last()))),
                comparisons);
    }

    private static Double atEnd(Run run, int number) {
        EpochRow epoch = run == null ? null : run.epoch(number);
        return epoch == null ? null : epoch.trainErrorAtEnd();
    }

    private static String momentum(Run run) {
        String theirs =
                "in the study’s code, which swaps velocity and gradient in its update: v = 0.1 v + 0.9 g, where its"
                        + " text has v = 0.9 v + 0.1 g";
        return Math.abs(run.row().training().momentum() - Paper.CLASSIFIER_MOMENTUM) < 1e-5
                ? "The momentum is 0.1, as effectively " + theirs
                        + ". With 0.9 the first epochs’ errors are higher, the last ones’ nearly the"
                        + " same."
                : "The momentum is " + Numbers.setting(run.row().training().momentum()) + " here and effectively 0.1 "
                        + theirs + "; the difference shows in the first epochs.";
    }

    /** The curve of a training that is no part of the study; null if it has no epochs. */
    static Figure other(Run run, String id) {
        if (run.epochs().isEmpty()) {
            return null;
        }
        Figure figure = curve(
                run,
                id,
                "Error by epoch",
                run.isClassifier() ? "1 − balanced accuracy" : "mean squared error",
                !run.isClassifier(),
                "The test error uses the weights at the epoch’s end; the training error is "
                        + (run.epochs().get(0).trainErrorAtEnd() == null
                                ? "the mean over the epoch, each row with the weights of its step."
                                : "measured with the same weights."),
                List.of(),
                List.of());
        return new Figure(
                figure.id(),
                null,
                figure.title(),
                figure.caption(),
                figure.body(),
                figure.charts(),
                figure.numbers(),
                List.of());
    }

    private static Figure curve(
            Run run,
            String number,
            String title,
            String unit,
            boolean log,
            String remark,
            List<List<Double>> points,
            List<Comparison> comparisons) {
        String id = Figure.id(number);
        List<Chart.Series> series = new ArrayList<>();
        series.add(new Chart.Series("training error", "line", points(run, CurveFigures::trainError)));
        List<List<Double>> test = points(run, epoch -> epoch.errors().testError());
        if (!test.isEmpty()) {
            series.add(new Chart.Series("test error", "line", test));
        }
        if (!points.isEmpty()) {
            series.add(new Chart.Series("the study", "points", points));
        }
        Chart chart = Chart.lines("chart-" + id, EPOCH, unit, log, series);
        EpochRow first = run.epochs().get(0);
        EpochRow last = run.lastEpoch();
        String summary = String.format(
                Locale.ROOT,
                "Training error %s in epoch %d, %s in epoch %d.",
                Numbers.error(trainError(first)),
                first.epoch(),
                Numbers.error(trainError(last)),
                last.epoch());
        return new Figure(
                id,
                number,
                title,
                summary + " " + remark,
                chart.element(title + ". " + summary),
                List.of(chart),
                table(run),
                comparisons);
    }

    /** Of all rows under the weights at the epoch's end; where that was not measured, the mean over the epoch. */
    private static Double trainError(EpochRow epoch) {
        return epoch.trainErrorAtEnd() == null ? epoch.errors().trainError() : epoch.trainErrorAtEnd();
    }

    private static Html table(Run run) {
        boolean atEnd = run.epochs().stream().anyMatch(epoch -> epoch.trainErrorAtEnd() != null);
        Html rows = new Html();
        for (EpochRow epoch : run.epochs()) {
            rows.add("<tr><th scope=row>{}</th>", epoch.epoch());
            if (atEnd) {
                rows.add("<td>{}</td>", Numbers.error(epoch.trainErrorAtEnd()));
            }
            rows.add(
                    "<td>{}</td><td>{}</td><td>{}</td></tr>",
                    epoch.diverged() ? "diverged" : Numbers.error(epoch.errors().trainError()),
                    Numbers.error(epoch.errors().testError()),
                    Numbers.error(epoch.losses().trainLoss()));
        }
        return Html.of(
                "<table><thead><tr><th scope=col>epoch</th>{}<th scope=col>{}</th><th scope=col>test error</th>"
                        + "<th scope=col>training loss</th></tr></thead><tbody>{}</tbody></table>",
                atEnd ? Html.of("<th scope=col>training error at its end</th>") : "",
                atEnd ? "mean over its steps" : "training error",
                rows);
    }

    /** Epoch and value, where there is one. */
    static List<List<Double>> points(Run run, Function<EpochRow, Double> value) {
        List<List<Double>> points = new ArrayList<>();
        for (EpochRow epoch : run.epochs()) {
            Double error = value.apply(epoch);
            if (error != null) {
                points.add(List.of((double) epoch.epoch(), error));
            }
        }
        return points;
    }

    // The error at an epoch's end lies between the mean of that epoch and of the next one.
    private static Comparison atEndOfEpoch(String what, Run run, int number, String paper, double tolerance) {
        String stated = String.format(Locale.ROOT, "± %.0f %%", 100 * tolerance);
        EpochRow epoch = run == null ? null : run.epoch(number);
        EpochRow next = run == null ? null : run.epoch(number + 1);
        if (epoch == null
                || epoch.errors().trainError() == null
                || next == null
                || next.errors().trainError() == null) {
            return new Comparison(what, paper, Numbers.error(null), stated, Agreement.NOT_MEASURED);
        }
        double low = Math.min(epoch.errors().trainError(), next.errors().trainError());
        double high = Math.max(epoch.errors().trainError(), next.errors().trainError());
        double value = Double.parseDouble(paper);
        boolean agrees = value >= low * (1 - tolerance) && value <= high * (1 + tolerance);
        return new Comparison(
                what,
                paper,
                Numbers.error(epoch.errors().trainError()) + " to "
                        + Numbers.error(next.errors().trainError()),
                stated,
                agrees ? Agreement.AGREES : Agreement.DIFFERS);
    }
}
