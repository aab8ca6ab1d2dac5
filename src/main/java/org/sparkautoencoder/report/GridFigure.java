package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.sparkautoencoder.results.EpochRow;

/** The denoising autoencoder at the learning rates of the study's grid, for claim 1. */
final class GridFigure {
    private GridFigure() {}

    /**
     * Null without test errors.
     *
     * @param rates a run for each of {@link Paper#RATES}, null where there is none
     */
    static Figure of(List<Run> rates) {
        List<Chart.Series> series = new ArrayList<>();
        Html rows = new Html();
        for (int i = 0; i < rates.size(); i++) {
            Run run = rates.get(i);
            String rate = Numbers.setting(Paper.RATES.get(i));
            if (run == null) {
                rows.add("<tr><th scope=row>{}</th><td colspan=5>not run</td></tr>", rate);
                continue;
            }
            series.add(new Chart.Series(
                    "rate " + rate,
                    "line",
                    CurveFigures.points(run, epoch -> epoch.errors().testError())));
            EpochRow lowest = lowest(run);
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                    rate,
                    Numbers.error(run.finalTestError()),
                    Numbers.error(lowest == null ? null : lowest.errors().testError()),
                    Numbers.or(lowest == null ? null : lowest.epoch()),
                    Numbers.error(run.finalTrainError()),
                    run.row().state().status().text().replace('_', ' '));
        }
        if (series.stream().allMatch(line -> line.data().isEmpty())) {
            return null;
        }
        Html table = Html.of(
                "<div class=scroll tabindex=0 role=region aria-label=\"Errors by learning rate\"><table><thead><tr>"
                        + "<th scope=col>learning rate</th><th scope=col>test error, end</th>"
                        + "<th scope=col>lowest test error</th><th scope=col>in epoch</th>"
                        + "<th scope=col>training error, end</th><th scope=col>status</th></tr></thead>"
                        + "<tbody>{}</tbody></table></div>",
                rows);
        Chart chart = Chart.lines("chart-grid", "epoch", "test error", true, series);
        String caption = "Test error of the denoising autoencoder at the four learning rates of the study’s grid."
                + sentence(rates);
        return new Figure(
                "figure-grid",
                null,
                "The grid of learning rates (claim 1)",
                caption,
                new Html().add("{}{}", chart.element(caption + " The table below has the numbers."), table),
                List.of(chart),
                numbers(rates),
                List.of());
    }

    // The claim is about the end of the training; a training that is stopped earlier may prefer another rate.
    private static String sentence(List<Run> rates) {
        Run best = null;
        for (Run run : rates) {
            EpochRow lowest = run == null ? null : lowest(run);
            if (lowest != null
                    && (best == null
                            || lowest.errors().testError()
                                    < lowest(best).errors().testError())) {
                best = run;
            }
        }
        return best == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        " The lowest of all, %s, is that of rate %s after epoch %d.",
                        Numbers.error(lowest(best).errors().testError()),
                        Numbers.setting(best.row().training().learningRate()),
                        lowest(best).epoch());
    }

    private static EpochRow lowest(Run run) {
        EpochRow lowest = null;
        for (EpochRow epoch : run.epochs()) {
            if (epoch.errors().testError() != null
                    && (lowest == null
                            || epoch.errors().testError() < lowest.errors().testError())) {
                lowest = epoch;
            }
        }
        return lowest;
    }

    private static Html numbers(List<Run> rates) {
        TreeSet<Integer> evaluated = new TreeSet<>();
        rates.stream()
                .filter(Objects::nonNull)
                .flatMap(run -> run.epochs().stream())
                .filter(epoch -> epoch.errors().testError() != null)
                .forEach(epoch -> evaluated.add(epoch.epoch()));
        Html head = new Html();
        Paper.RATES.forEach(rate -> head.add("<th scope=col>rate {}</th>", Numbers.setting(rate)));
        Html rows = new Html();
        for (int number : evaluated) {
            rows.add("<tr><th scope=row>{}</th>", number);
            for (Run run : rates) {
                EpochRow epoch = run == null ? null : run.epoch(number);
                rows.add(
                        "<td>{}</td>",
                        Numbers.error(epoch == null ? null : epoch.errors().testError()));
            }
            rows.add("</tr>");
        }
        return Html.of(
                "<table><thead><tr><th scope=col>epoch</th>{}</tr></thead><tbody>{}</tbody></table>", head, rows);
    }
}
