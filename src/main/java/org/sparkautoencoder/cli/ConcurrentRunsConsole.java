package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.runs.RunInfo;
import org.sparkautoencoder.runs.RunListener;
import org.sparkautoencoder.runs.Trial;
import org.sparkautoencoder.sweep.Objective;
import org.sparkautoencoder.training.Epoch;

/** The console of several runs at once: a line of progress for each, and one for each trial that has ended. Any thread. */
final class ConcurrentRunsConsole implements RunListener {
    private final ProgressDisplay display;
    private final PrintStream out;
    private final Map<String, Progress> running = new ConcurrentHashMap<>();

    ConcurrentRunsConsole(Progress.Kind kind, PrintStream out) {
        this.display = new ProgressDisplay(kind, out);
        this.out = out;
    }

    @Override
    public void started(RunInfo run) {
        running.put(run.runId(), display.begin(run.title(), run.settings().epochs()));
    }

    @Override
    public void epochCompleted(RunInfo run, Epoch epoch) {
        running.get(run.runId()).epoch(epoch);
    }

    @Override
    public void trained(RunInfo run) {
        close(run);
    }

    @Override
    public void failed(RunInfo run, Status status) {
        close(run);
    }

    private void close(RunInfo run) {
        Progress progress = running.remove(run.runId());
        if (progress != null) {
            progress.close();
        }
    }

    @Override
    public void trialEnded(Trial trial, TrialRow row) {
        String text = trial.title() + "  " + row.status().text().replace('_', ' ');
        if (row.status() == Status.FAILED
                || (row.status() == Status.KILLED && row.outcome().error() != null)) {
            display.print(text + ": " + row.outcome().error());
            return;
        }
        String value = row.comparison().objectiveValue() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  %s %.5f",
                        row.comparison().objective(),
                        row.comparison().objectiveValue());
        display.print(text
                + String.format(
                        Locale.ROOT,
                        " after %d epochs in %.1f s",
                        row.outcome().epochs(),
                        row.outcome().seconds())
                + value);
    }

    @Override
    public void sweepEnded(Objective objective, List<TrialRow> trials) {
        out.println();
        new TrialList(out).print(objective, trials);
    }
}
