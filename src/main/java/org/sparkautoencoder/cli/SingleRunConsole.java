package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.model.LabelErrors;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.runs.ClassifierMetrics;
import org.sparkautoencoder.runs.RunInfo;
import org.sparkautoencoder.runs.RunListener;
import org.sparkautoencoder.runs.RunResult;
import org.sparkautoencoder.training.Epoch;
import org.sparkautoencoder.training.TrainingSettings;

/** The console of a run of its own: what it trains, its progress, its errors and where its results are. For one thread. */
final class SingleRunConsole implements RunListener {
    private final Progress.Kind kind;
    private final Path results;
    private final PrintStream out;
    private Progress progress;

    SingleRunConsole(Progress.Kind kind, Path results, PrintStream out) {
        this.kind = kind;
        this.results = results;
        this.out = out;
    }

    @Override
    public void started(RunInfo run) {
        TrainingSettings settings = run.settings();
        out.printf(
                Locale.ROOT,
                "%s: %s %s, %s outputs, %,d parameters%n  data     %s: %,d rows to train on, %,d to test on%n"
                        + "  batches  of %d rows in %d shards, on %d workers%n  BLAS     %s%n",
                run.runId(),
                run.model(),
                settings.layers(),
                settings.outputLayer().text(),
                settings.layers().parameters(),
                run.dataset(),
                run.trainRows(),
                run.testRows(),
                settings.batchSize(),
                settings.shards(),
                run.workers(),
                Blas.name());
        progress = Progress.of(kind, settings.epochs(), out);
    }

    @Override
    public void epochCompleted(RunInfo run, Epoch epoch) {
        progress.epoch(epoch);
    }

    @Override
    public void trained(RunInfo run) {
        progress.close();
    }

    @Override
    public void failed(RunInfo run, Status status) {
        if (progress != null) {
            progress.close();
        }
    }

    @Override
    public void measured(RunInfo run, Map<String, LabelErrors> errors) {
        MetricsTables.print(errors, out);
    }

    @Override
    public void measured(RunInfo run, ClassifierMetrics metrics) {
        MetricsTables.print(metrics, out);
    }

    @Override
    public void ended(RunInfo run, RunResult result) {
        out.printf(
                Locale.ROOT,
                "%s after %d epochs in %.1f s%n",
                result.status().text().replace('_', ' '),
                result.epochs(),
                result.seconds());
        if (result.status() == Status.DIVERGED) {
            out.println(
                    "  the loss in epoch " + result.last().epoch() + " was not finite: try a lower --learning-rate");
        }
        if (result.model() != null) {
            out.println("  model    " + result.model());
        }
        if (result.checkpoint() != null) {
            out.println("  go on    ./submit.sh train --resume " + resumption(result.checkpoint()));
        }
        out.println("  tables   " + results + "/*/run_id=" + run.runId());
    }

    // The folder, which says where the tables are, as users write it.
    private static String resumption(Path checkpoint) {
        return "file".equals(checkpoint.toUri().getScheme())
                ? checkpoint.toUri().getPath()
                : checkpoint.toString();
    }
}
