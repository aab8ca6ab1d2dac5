package org.sparkautoencoder.runs;

import java.util.List;
import java.util.Map;
import org.sparkautoencoder.model.LabelErrors;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.sweep.Objective;
import org.sparkautoencoder.training.Epoch;

/** Is told how runs proceed. Calls of one run come from one thread, those of concurrent runs from several. */
public interface RunListener {
    /** The run has its rows and begins to train. */
    default void started(RunInfo run) {}

    default void epochCompleted(RunInfo run, Epoch epoch) {}

    /** The training has ended; measuring begins. */
    default void trained(RunInfo run) {}

    /** The errors of an autoencoder, by what they are of ("test noised"). */
    default void measured(RunInfo run, Map<String, LabelErrors> errors) {}

    /** The predictions of a classifier. */
    default void measured(RunInfo run, ClassifierMetrics metrics) {}

    default void ended(RunInfo run, RunResult result) {}

    /** The run ended without a result. */
    default void failed(RunInfo run, Status status) {}

    /** A trial of a sweep has ended, with or without a result. */
    default void trialEnded(Trial trial, TrialRow row) {}

    /** All trials have ended; the rows are in the order of the trials. */
    default void sweepEnded(Objective objective, List<TrialRow> trials) {}
}
