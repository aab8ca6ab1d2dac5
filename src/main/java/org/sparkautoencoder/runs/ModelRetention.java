package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.Comparator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.sweep.Halving;
import org.sparkautoencoder.sweep.Objective;

/** Which trial of a sweep is the best so far, and which models stay. Any thread. */
public final class ModelRetention {
    /** Which models a sweep keeps. */
    public enum Keep {
        BEST,
        ALL,
        NONE
    }

    private final RunContext context;
    private final Keep keep;
    private final Comparator<TrialRow> order;
    private TrialRow best;

    ModelRetention(RunContext context, Keep keep, Objective objective) {
        this.context = context;
        this.keep = keep;
        this.order = betterFirst(objective);
    }

    /** Of rows: those that ended well first, of these the better first, and of equals the earlier. */
    public static Comparator<TrialRow> betterFirst(Objective objective) {
        return Comparator.comparing((TrialRow row) -> !isCandidate(row))
                .thenComparing(row -> row.comparison().objectiveValue(), objective.betterFirst())
                .thenComparing(TrialRow::trial);
    }

    /** Takes a trial that has ended, and removes the model that is not to stay. */
    synchronized void ended(TrialRow row) throws IOException {
        boolean better = isCandidate(row) && (best == null || order.compare(row, best) < 0);
        TrialRow worse = better ? best : row;
        if (better) {
            best = row;
        }
        if (keep == Keep.BEST && worse != null && worse.trialRunId() != null) {
            Path model = context.model(worse.trialRunId());
            Configuration conf = context.spark().hadoopConfiguration();
            model.getFileSystem(conf).delete(model, true);
        }
    }

    /** The best; null if none ended well. */
    synchronized TrialRow best() {
        return best;
    }

    private static boolean isCandidate(TrialRow row) {
        boolean whole = row.status() == Status.FINISHED || row.status() == Status.STOPPED_EARLY;
        return whole
                && row.comparison().objectiveValue() != null
                && !Halving.isPruned(row.comparison().decision());
    }
}
