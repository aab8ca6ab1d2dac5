package org.sparkautoencoder.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.results.TrialRow;

/**
 * A sweep as stored in the tables.
 *
 * @param trials the best first, failed ones last
 */
record Sweep(String id, List<Trial> trials) {

    /** A trial and the epochs of its run. */
    record Trial(TrialRow row, List<EpochRow> epochs) {
        /** The settings, or the number of the trial if these are unknown. */
        String title() {
            String settings =
                    row.settings() == null ? "" : row.settings().strip().replace('\n', ' ');
            return settings.isEmpty() ? "trial " + row.trial() : settings;
        }

        boolean isComplete() {
            return row.status() == Status.FINISHED || row.status() == Status.STOPPED_EARLY;
        }

        /** Whether successive halving pruned it. */
        boolean isPruned() {
            return row.comparison().decision() != null
                    && row.comparison().decision().endsWith("pruned");
        }
    }

    /** Null if the tables have no sweep of this id. */
    static Sweep read(TableReader reader, String id) throws IOException {
        List<Trial> trials = new ArrayList<>();
        for (TrialRow row : reader.trials(id)) {
            trials.add(new Trial(
                    row,
                    row.trialRunId() == null ? List.of() : Run.latest(reader.rows(Table.EPOCHS, row.trialRunId()))));
        }
        if (trials.isEmpty()) {
            return null;
        }
        boolean higherIsBetter =
                "test-accuracy".equals(trials.get(0).row().comparison().objective());
        Comparator<Double> better = higherIsBetter ? Comparator.reverseOrder() : Comparator.naturalOrder();
        trials.sort(Comparator.comparing((Trial trial) -> !trial.isComplete())
                .thenComparing(Trial::isPruned)
                .thenComparing(trial -> trial.row().comparison().objectiveValue(), Comparator.nullsLast(better))
                .thenComparing(trial -> trial.row().trial()));
        return new Sweep(id, trials);
    }

    /** The name of the objective. */
    String objective() {
        String objective = trials.get(0).row().comparison().objective();
        return objective == null ? "test error" : objective.replace('-', ' ');
    }

    /** The best trial; null if none has finished. */
    Trial best() {
        Trial first = trials.get(0);
        return first.isComplete() && first.row().comparison().objectiveValue() != null ? first : null;
    }
}
