package org.sparkautoencoder.cli;

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
 * @param learner what it teaches; null if that makes no sense
 * @param error why it makes no sense; null if it does
 */
record Trial(
        int number,
        Map<String, String> settings,
        Map<String, String> effective,
        double learningRate,
        Learner learner,
        String error) {

    /** In a few words. */
    String title() {
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
                null,
                null,
                0,
                0,
                reason,
                Grid.lines(settings),
                objective.text(),
                null,
                null);
    }

    /** Its row with what its run came to. */
    TrialRow row(String sweepId, Objective objective, String runId, Run.Ended ended, String decision) {
        return new TrialRow(
                sweepId,
                number,
                runId,
                Status.valueOf(ended.outcome().name()),
                learningRate,
                ended.trainError(),
                ended.testError(),
                ended.epochs(),
                ended.seconds(),
                null,
                Grid.lines(settings),
                objective.text(),
                objective.value(ended.trainError(), ended.testError()),
                decision);
    }
}
