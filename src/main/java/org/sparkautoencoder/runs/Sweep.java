package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.sweep.Halving;
import org.sparkautoencoder.sweep.Objective;
import org.sparkautoencoder.sweep.SlotAllocator.Allocation;
import org.sparkautoencoder.sweep.TaskPool;
import org.sparkautoencoder.training.Epoch;
import org.sparkautoencoder.training.PauseSchedule;

/**
 * Runs the trials of a sweep. A trial that fails or diverges becomes a row with its reason, and the others continue. Of a sweep
 * that is continued, only trials without a result are run, each from its checkpoint.
 */
public final class Sweep {
    private final RunContext context;
    private final SweepSettings settings;
    private final ShardCache cache;
    private final ConcurrentRuns concurrent;
    private final TrialTable table;
    private final ModelRetention retention;
    private final Halving halving;
    private final TableReader reader;
    private final Set<String> runIds;
    private final Map<Integer, Resumption> resumed = new HashMap<>(); // by the number of the trial
    private final List<Callable<Status>> tasks = new ArrayList<>();

    /**
     * Plans the trials.
     *
     * @param trials in the order of their numbers
     */
    public Sweep(
            RunContext context, SweepSettings settings, List<Trial> trials, ShardCache cache, ConcurrentRuns concurrent)
            throws IOException {
        Configuration conf = context.spark().hadoopConfiguration();
        this.context = context;
        this.settings = settings;
        this.cache = cache;
        this.concurrent = concurrent;
        this.retention = new ModelRetention(context, settings.keep(), settings.objective());
        this.halving = settings.halving() ? halving(settings.objective(), trials) : null;
        this.reader = new TableReader(context.results(), conf);
        this.runIds = new HashSet<>(reader.runIds());
        List<TrialRow> planned = trials.stream()
                .map(trial -> trial.row(settings.id(), settings.objective(), null, Status.WAITING, null))
                .toList();
        this.table = TrialTable.open(context.results(), conf, settings.id(), planned);
        PreviousTrials previous = new PreviousTrials(reader, context, settings.isVaried());
        List<Trial> left = new ArrayList<>();
        for (Trial trial : trials) {
            TrialRow row = table.row(trial.number());
            if (row.status().isEnd()) {
                previous.requireSame(trial, row.trialRunId());
                keep(row);
            } else {
                left.add(trial);
                resumed.put(trial.number(), previous.unfinished(trial, row.trialRunId()));
            }
        }
        for (int i = 0; i < left.size(); i++) {
            plan(left.get(i), settings.workers().applyAsInt(i, left.size()));
        }
    }

    /** What is to be run, a task for each trial that has no result; its status in the end. */
    public List<Callable<Status>> tasks() {
        return tasks;
    }

    /** Runs all tasks, so many at once. */
    public void execute(int threads) throws IOException {
        TaskPool.all(tasks, threads, this::requestStop);
        context.listener().sweepEnded(settings.objective(), table.rows());
    }

    /** The trials in their order. */
    public List<TrialRow> rows() {
        return table.rows();
    }

    /** The best trial; null if there is none. */
    public TrialRow best() {
        return retention.best();
    }

    /** Ends the running trials, and begins none. */
    public void requestStop() {
        concurrent.requestStop();
        if (halving != null) {
            halving.stop();
        }
    }

    private static Halving halving(Objective objective, List<Trial> trials) {
        int epochs = trials.stream()
                .filter(trial -> trial.modelSpec() != null)
                .mapToInt(trial -> trial.modelSpec().settings().epochs())
                .max()
                .orElse(1);
        return new Halving(objective, trials.size(), epochs);
    }

    // A trial of an earlier start counts with what was measured then.
    private void keep(TrialRow row) throws IOException {
        retention.ended(row);
        restore(row.trial(), row.trialRunId());
        if (halving != null) {
            halving.ended(row.trial(), row.comparison().objectiveValue());
        }
    }

    // What a trial has reached at the rungs, also where it is trained again from an earlier checkpoint, to the same
    // bits.
    private void restore(int trial, String runId) throws IOException {
        if (halving != null) {
            for (EpochRow epoch : reader.rows(Table.EPOCHS, runId)) {
                halving.restore(
                        trial,
                        epoch.epoch() + 1,
                        settings.objective()
                                .value(
                                        epoch.errors().trainError(),
                                        epoch.errors().testError()));
            }
        }
    }

    private void plan(Trial trial, int workers) throws IOException {
        if (trial.modelSpec() == null) {
            fail(trial, null, trial.error());
            return;
        }
        TrialPauses pauses = new TrialPauses(trial.number());
        RunGroup group = new RunGroup(
                settings.experiment(),
                settings.id(),
                trial.title(),
                halving == null ? PauseSchedule.NONE : pauses,
                settings.keep() != ModelRetention.Keep.NONE);
        try {
            RunContext own = context.with(trial.effective());
            Resumption resumption = resumed.get(trial.number());
            if (resumption != null) {
                restore(trial.number(), resumption.runId());
            }
            String runId = resumption == null ? settings.runId(trial.number(), runIds) : resumption.runId();
            Run run = Run.of(own, trial.modelSpec(), group, runId, resumption, cache, workers);
            runIds.add(runId);
            tasks.add(() -> execute(trial, run, pauses));
        } catch (InvalidSettingsException e) { // settings that do not fit the data
            fail(trial, null, e.getMessage());
        }
    }

    private Status execute(Trial trial, Run run, TrialPauses pauses) throws IOException {
        try {
            RunResult result = concurrent.execute(run, allocation -> {
                pauses.allocation = allocation;
                table.put(trial.row(settings.id(), settings.objective(), run.runId(), Status.RUNNING, null));
                return run.execute();
            });
            return result == null ? Status.WAITING : end(trial, run, result);
        } catch (RuntimeException | IOException | Error e) {
            context.spark().sc().cancelJobGroup(run.runId());
            Status status = fail(trial, run.runId(), reason(e));
            if (e instanceof Error error) { // the others can hardly go on; each ends with its row
                throw error;
            }
            return status;
        }
    }

    private Status end(Trial trial, Run run, RunResult result) throws IOException {
        Double value = settings.objective().value(result.trainError(), result.testError());
        Status status = result.status();
        if (halving != null && status != Status.KILLED) {
            halving.ended(trial.number(), status == Status.DIVERGED ? null : value);
        }
        String decision = halving == null ? null : halving.decision(trial.number());
        TrialRow row = trial.row(settings.id(), settings.objective(), run.runId(), result, decision);
        table.put(row);
        retention.ended(row);
        context.listener().trialEnded(trial, row);
        refreshDecisions();
        return status;
    }

    // A trial that was resumed beyond a rung can end before the others have reached the rung again.
    private void refreshDecisions() throws IOException {
        if (halving != null) {
            for (TrialRow row : table.rows()) {
                String decision = halving.decision(row.trial());
                if (row.status().isEnd()
                        && !Objects.equals(decision, row.comparison().decision())) {
                    table.put(row.withDecision(decision));
                }
            }
        }
    }

    private Status fail(Trial trial, String runId, String reason) throws IOException {
        Status status = context.cancellation().isRequested() ? Status.KILLED : Status.FAILED;
        TrialRow row = trial.row(settings.id(), settings.objective(), runId, status, reason);
        table.put(row);
        if (halving != null) {
            halving.ended(trial.number(), null);
        }
        context.listener().trialEnded(trial, row);
        return status;
    }

    private static String reason(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(e.toString());
    }

    /** The slots of a trial, given back while it waits for the others. */
    private final class TrialPauses implements PauseSchedule {
        private final int trial;
        private Allocation allocation;

        TrialPauses(int trial) {
            this.trial = trial;
        }

        @Override
        public int nextPause(int epochs) {
            return halving.nextRung(epochs);
        }

        @Override
        public boolean resumes(Epoch last) {
            Double value = settings.objective().value(last.trainError(), last.testError());
            return allocation.releaseDuring(() -> halving.compare(trial, last.epoch() + 1, value));
        }
    }
}
