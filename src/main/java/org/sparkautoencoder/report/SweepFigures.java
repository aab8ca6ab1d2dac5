package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.TrialRow;

/** The figures of a sweep: all curves, the objective over the learning rate, and a table of the trials. */
final class SweepFigures {
    // This many lines are distinguishable without colour.
    private static final int NAMED = 5;
    private static final int MAX_TITLE_LENGTH = 40;

    private SweepFigures() {}

    /** @param number of the sweep on its page, from 0 */
    static List<Figure> of(Sweep sweep, int number) {
        String id = "sweep-" + number + "-";
        List<Figure> figures = new ArrayList<>();
        figures.add(curves(sweep, id + "curves"));
        figures.add(rates(sweep, id + "rates"));
        figures.add(table(sweep, id + "trials"));
        figures.removeIf(figure -> figure == null);
        return figures;
    }

    private static Figure curves(Sweep sweep, String id) {
        boolean test = sweep.trials().stream()
                .flatMap(trial -> trial.epochs().stream())
                .anyMatch(epoch -> epoch.errors().testError() != null);
        List<Chart.Series> series = new ArrayList<>();
        int unnamed = 0;
        for (Sweep.Trial trial : sweep.trials()) {
            List<List<Double>> points = points(trial, test);
            if (!points.isEmpty()) {
                boolean named = series.size() < NAMED;
                unnamed += named ? 0 : 1;
                series.add(new Chart.Series(name(trial), named ? "line" : "faint", points));
            }
        }
        if (series.isEmpty()) {
            return null;
        }
        String error = test ? "test error" : "training error";
        String caption = "The " + error + " of every trial by epoch"
                + (unnamed == 0
                        ? "."
                        : "; the best " + NAMED + " are named, the other " + unnamed + " are drawn faint.");
        Chart chart = Chart.lines("chart-" + id, "epoch", error, true, series);
        return figure(id, "Curves of all trials", caption, chart);
    }

    private static Figure rates(Sweep sweep, String id) {
        List<List<Double>> points = sweep.trials().stream()
                .map(Sweep.Trial::row)
                .filter(row -> row.comparison().objectiveValue() != null && row.learningRate() > 0)
                .sorted(Comparator.comparing(TrialRow::learningRate))
                .map(row -> List.of(row.learningRate(), row.comparison().objectiveValue()))
                .toList();
        if (points.stream().map(point -> point.get(0)).distinct().count() < 2) {
            return null;
        }
        String caption = "The " + sweep.objective() + " of each trial over its learning rate, on a logarithmic axis.";
        boolean log = !sweep.objective().contains("accuracy");
        Chart chart = Chart.scatter(
                "chart-" + id,
                "learning rate",
                sweep.objective(),
                log,
                List.of(new Chart.Series("trials", "points", points)));
        return figure(id, capital(sweep.objective()) + " by learning rate", caption, chart);
    }

    private static Figure figure(String id, String title, String caption, Chart chart) {
        return new Figure(
                id,
                null,
                title,
                caption,
                chart.element(caption + " The table of trials has the numbers."),
                List.of(chart),
                null,
                List.of());
    }

    private static Figure table(Sweep sweep, String id) {
        Html rows = new Html();
        for (Sweep.Trial trial : sweep.trials()) {
            TrialRow row = trial.row();
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
                            + "<td>{}</td><td class=remark>{}</td></tr>",
                    trial.title(),
                    row.trial(),
                    row.status().text().replace('_', ' '),
                    row.outcome().epochs(),
                    Numbers.error(row.outcome().trainError()),
                    Numbers.error(row.outcome().testError()),
                    Numbers.error(row.comparison().objectiveValue()),
                    Numbers.seconds(row.outcome().seconds()),
                    row.outcome().error() != null
                            ? row.outcome().error()
                            : row.comparison().decision() == null
                                    ? ""
                                    : row.comparison().decision());
        }
        Html table = Html.of(
                "<div class=scroll tabindex=0 role=region aria-label=\"Trials of the sweep {}\"><table class=trials>"
                        + "<thead><tr><th scope=col>settings</th><th scope=col>trial</th><th scope=col>status</th>"
                        + "<th scope=col>epochs</th><th scope=col>train error</th><th scope=col>test error</th>"
                        + "<th scope=col>objective</th><th scope=col>took</th><th scope=col>remark</th></tr></thead>"
                        + "<tbody>{}</tbody></table></div>",
                sweep.id(),
                rows);
        return new Figure(id, null, "Trials", caption(sweep), table, List.of(), null, List.of());
    }

    private static String caption(Sweep sweep) {
        Sweep.Trial best = sweep.best();
        return best == null
                ? "No trial has finished."
                : String.format(
                        Locale.ROOT,
                        "Best trial by %s: %s, with %s.",
                        sweep.objective(),
                        best.title(),
                        Numbers.error(best.row().comparison().objectiveValue()));
    }

    private static List<List<Double>> points(Sweep.Trial trial, boolean test) {
        List<List<Double>> points = new ArrayList<>();
        for (EpochRow epoch : trial.epochs()) {
            Double error = test ? epoch.errors().testError() : epoch.errors().trainError();
            if (error != null) {
                points.add(List.of((double) epoch.epoch(), error));
            }
        }
        return points;
    }

    // A chart has no room for longer names.
    private static String name(Sweep.Trial trial) {
        return trial.title().length() > MAX_TITLE_LENGTH
                ? "trial " + trial.row().trial()
                : trial.title();
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
