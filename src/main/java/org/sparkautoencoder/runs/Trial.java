package org.sparkautoencoder.runs;

import java.math.BigDecimal;
import java.util.Map;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.sweep.Grid;
import org.sparkautoencoder.sweep.Objective;

/**
 * What a trial of a sweep is to try.
 *
 * @param number from 0, in the order of the grid
 * @param settings what the sweep varies, with this trial's values
 * @param effective all options as they are in force for it
 * @param learningRate its learning rate
 * @param modelSpec what it teaches; null if that makes no sense
 * @param error why it makes no sense; null if it does
 */
public record Trial(
        int number,
        Map<String, String> settings,
        Map<String, String> effective,
        double learningRate,
        ModelSpec modelSpec,
        String error) {

    /** A number as the user would write it: 0.0001, not 1.0E-4. */
    public static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** In a few words. */
    public String title() {
        String text = Grid.text(settings);
        return "trial " + number + (text.isEmpty() ? "" : "  " + text);
    }

    /** Its row before it has a result. */
    TrialRow row(String sweepId, Objective objective, String runId, Status status, String reason) {
        return new TrialRow(
                sweepId,
                number,
                runId,
                status,
                learningRate,
                TrialRow.Outcome.none(reason),
                Grid.lines(settings),
                new TrialRow.Comparison(objective.text(), null, null));
    }

    /** Its row with what its run came to. */
    TrialRow row(String sweepId, Objective objective, String runId, RunResult result, String decision) {
        return new TrialRow(
                sweepId,
                number,
                runId,
                result.status(),
                learningRate,
                new TrialRow.Outcome(
                        result.trainError(), result.testError(), result.epochs(), result.trainingSeconds(), null),
                Grid.lines(settings),
                new TrialRow.Comparison(
                        objective.text(), objective.value(result.trainError(), result.testError()), decision));
    }
}
