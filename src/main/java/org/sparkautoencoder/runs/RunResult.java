package org.sparkautoencoder.runs;

import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.training.Epoch;
import org.sparkautoencoder.training.TrainingOutcome;

/**
 * How a run ended.
 *
 * @param outcome of its training
 * @param epochs completed
 * @param last the last epoch; null if there is none
 * @param trainingSeconds wall time of the training
 * @param seconds wall time of the run
 * @param model the folder of the saved model; null if none was saved
 * @param checkpoint the folder of the checkpoint that a run which was cut off goes on with; null if there is none
 */
public record RunResult(
        TrainingOutcome outcome,
        int epochs,
        Epoch last,
        double trainingSeconds,
        double seconds,
        Path model,
        Path checkpoint) {

    public Status status() {
        return Status.valueOf(outcome.name());
    }

    /** The last epoch's training error; null if there is none. */
    public Double trainError() {
        return last == null || last.diverged() ? null : last.trainError();
    }

    /** The last epoch's test error; null if it was not evaluated. */
    public Double testError() {
        return last == null ? null : last.testError();
    }
}
