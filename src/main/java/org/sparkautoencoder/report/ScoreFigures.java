package org.sparkautoencoder.report;

import java.util.List;
import org.sparkautoencoder.results.ScoreRow;

/** Precision, recall and F1 of classifiers. */
final class ScoreFigures {
    private ScoreFigures() {}

    /** Null if the run has no scores. */
    static Figure of(Run run, String id, String title) {
        if (run == null || run.scores().isEmpty()) {
            return null;
        }
        Html rows = new Html();
        for (ScoreRow score : run.scores()) {
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
                            + "<td>{}</td><td>{}</td></tr>",
                    score.split(),
                    score.thresholded() ? "thresholded" : "plain",
                    score.label() == null ? "all" : score.label(),
                    Numbers.count(score.n()),
                    Numbers.fraction(score.precision()),
                    Numbers.fraction(score.recall()),
                    Numbers.fraction(score.f1()),
                    Numbers.fraction(score.accuracy()),
                    Numbers.fraction(score.balancedAccuracy()));
        }
        return new Figure(
                id,
                null,
                title,
                "Predicted as the largest output (plain), and as in the study after the threshold.",
                Html.of("<p class=summary>{}</p>", summary(run)),
                List.of(),
                Html.of(
                        "<table><thead><tr><th scope=col>split</th><th scope=col>prediction</th>"
                                + "<th scope=col>{}</th><th scope=col>rows</th><th scope=col>precision</th>"
                                + "<th scope=col>recall</th><th scope=col>F1</th><th scope=col>accuracy</th>"
                                + "<th scope=col>balanced accuracy</th></tr></thead><tbody>{}</tbody></table>",
                        run.hasDigits() ? "digit" : "class",
                        rows),
                List.of());
    }

    private static String summary(Run run) {
        StringBuilder summary = new StringBuilder();
        for (ScoreRow score : run.scores()) {
            if (score.label() == null) {
                summary.append(summary.isEmpty() ? "Balanced accuracy: " : ", ")
                        .append(score.split())
                        .append(score.thresholded() ? " thresholded " : " plain ")
                        .append(Numbers.fraction(score.balancedAccuracy()));
            }
        }
        return summary.append('.').toString();
    }
}
