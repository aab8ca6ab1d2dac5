package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
                    Paper.CURVE_TOLERANCE,
                    true));
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
                "The study's points are the errors of the last minibatch of 32 rows of an epoch, ours are the means"
                        + " over the epoch. The weights that such a minibatch met lie between the means of its epoch"
                        + " and of the next; a point agrees if it lies between these two, widened by the tolerance.",
                points,
                comparisons);
    }

    /** Figures 2.1 and 2.2. */
    static Figure classifier(String number, Run run, String encoder, List<String> paper) {
        String title = "Training error of the classifier on the " + encoder + "’s encoder";
        EpochRow last = run == null ? null : run.lastEpoch();
        List<Comparison> comparisons = List.of(
                atEndOfEpoch("error at the end of epoch 0", run, 0, paper.get(0), Paper.FIRST_TOLERANCE, false),
                Comparison.absolute(
                        "last training error",
                        paper.get(1),
                        last == null ? null : last.trainError(),
                        Paper.LAST_TOLERANCE));
        if (run == null || run.epochs().isEmpty()) {
            return Figure.missing(number, title, "there is no classifier on this encoder", comparisons);
        }
        return curve(
                run,
                number,
                title,
                "1 − balanced accuracy",
                false,
                "The study’s curve starts and ends at its two points. " + below(run, Double.parseDouble(paper.get(0))),
                List.of(
                        List.of(0.0, Double.parseDouble(paper.get(0))),
                        List.of((double) last.epoch(), Double.parseDouble(paper.get(1)))),
                comparisons);
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
                "The training error is the mean over the epoch, the test error that of the weights at its end.",
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

    /** The grid of learning rates, for claim 1; null without runs. */
    static Figure grid(List<Run> rates) {
        List<Chart.Series> series = new ArrayList<>();
        Html rows = new Html();
        for (int i = 0; i < rates.size(); i++) {
            Run run = rates.get(i);
            String rate = Numbers.setting(Paper.RATES.get(i));
            if (run == null) {
                rows.add("<tr><th scope=row>{}</th><td colspan=4>not run</td></tr>", rate);
                continue;
            }
            series.add(new Chart.Series("rate " + rate, "line", points(run, true)));
            Double lowest = run.epochs().stream()
                    .map(EpochRow::testError)
                    .filter(error -> error != null)
                    .min(Double::compare)
                    .orElse(null);
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                    rate,
                    Numbers.error(run.finalTestError()),
                    Numbers.error(lowest),
                    Numbers.error(run.finalTrainError()),
                    run.row().status().text().replace('_', ' '));
        }
        if (series.stream().noneMatch(s -> !s.data().isEmpty())) {
            return null;
        }
        Html table = Html.of(
                "<div class=scroll tabindex=0 role=region aria-label=\"Errors by learning rate\"><table><thead><tr>"
                        + "<th scope=col>learning rate</th><th scope=col>test error, end</th>"
                        + "<th scope=col>lowest test error</th><th scope=col>training error, end</th>"
                        + "<th scope=col>status</th></tr></thead><tbody>{}</tbody></table></div>",
                rows);
        Chart chart = Chart.lines("chart-grid", EPOCH, "test error", true, series);
        String caption = "Test error of the denoising autoencoder at the four learning rates of the study’s grid.";
        return new Figure(
                "figure-grid",
                null,
                "The grid of learning rates (claim 1)",
                caption,
                new Html().add("{}{}", chart.place(caption + " The table below has the numbers."), table),
                List.of(chart),
                null,
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
        series.add(new Chart.Series("training error", "line", points(run, false)));
        if (!points(run, true).isEmpty()) {
            series.add(new Chart.Series("test error", "line", points(run, true)));
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
                Numbers.error(first.trainError()),
                first.epoch(),
                Numbers.error(last.trainError()),
                last.epoch());
        return new Figure(
                id,
                number,
                title,
                summary + " " + remark,
                chart.place(title + ". " + summary),
                List.of(chart),
                table(run),
                comparisons);
    }

    private static String below(Run run, double first) {
        return run.epochs().stream()
                .filter(epoch -> epoch.trainError() != null && epoch.trainError() <= first)
                .findFirst()
                .map(epoch -> "Ours is as low as its first, " + first + ", in epoch " + epoch.epoch()
                        + ": at first no output is above the threshold, and every digit is predicted as 0.")
                .orElse("Ours is never as low as its first, " + first + ".");
    }

    private static Html table(Run run) {
        Html rows = new Html();
        for (EpochRow epoch : run.epochs()) {
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
                    epoch.epoch(),
                    epoch.diverged() ? "diverged" : Numbers.error(epoch.trainError()),
                    Numbers.error(epoch.testError()),
                    Numbers.error(epoch.trainLoss()));
        }
        return Html.of(
                "<table><thead><tr><th scope=col>epoch</th><th scope=col>training error</th>"
                        + "<th scope=col>test error</th><th scope=col>training loss</th></tr></thead>"
                        + "<tbody>{}</tbody></table>",
                rows);
    }

    private static List<List<Double>> points(Run run, boolean test) {
        List<List<Double>> points = new ArrayList<>();
        for (EpochRow epoch : run.epochs()) {
            Double error = test ? epoch.testError() : epoch.trainError();
            if (error != null) {
                points.add(List.of((double) epoch.epoch(), error));
            }
        }
        return points;
    }

    // The weights at the end of an epoch lie between those of its mean and those of the next one's.
    private static Comparison atEndOfEpoch(
            String what, Run run, int number, String paper, double tolerance, boolean relative) {
        String stated =
                relative ? String.format(Locale.ROOT, "± %.0f %%", 100 * tolerance) : "± " + Numbers.setting(tolerance);
        EpochRow epoch = run == null ? null : run.epoch(number);
        EpochRow next = run == null ? null : run.epoch(number + 1);
        if (epoch == null || epoch.trainError() == null || next == null || next.trainError() == null) {
            return new Comparison(what, paper, Numbers.error(null), stated, Agreement.NOT_MEASURED);
        }
        double low = Math.min(epoch.trainError(), next.trainError());
        double high = Math.max(epoch.trainError(), next.trainError());
        double value = Double.parseDouble(paper);
        boolean agrees = relative
                ? value >= low * (1 - tolerance) && value <= high * (1 + tolerance)
                : value >= low - tolerance && value <= high + tolerance;
        return new Comparison(
                what,
                paper,
                Numbers.error(epoch.trainError()) + " to " + Numbers.error(next.trainError()),
                stated,
                agrees ? Agreement.AGREES : Agreement.DIFFERS);
    }
}
