package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.sweep.Admission.Held;
import org.sparkautoencoder.sweep.Halving;
import org.sparkautoencoder.sweep.Objective;
import org.sparkautoencoder.training.Epoch;
import org.sparkautoencoder.training.Pauses;

/**
 * Makes the trials of a sweep. Each is a run; one that fails or diverges is a row with its reason, and the others go on. Of a
 * sweep that was made before, only what has no result yet is made.
 */
final class Sweep {
    private static final Set<Status> DONE = Set.of(Status.FINISHED, Status.STOPPED_EARLY, Status.DIVERGED);

    private final Session session;
    private final SweepSettings settings;
    private final SharedRows shared;
    private final Beside beside;
    private final Console console;
    private final TrialTable table;
    private final BestModel best;
    private final Halving halving;
    private final TableReader reader;
    private final Set<String> runIds;
    private final List<Callable<Status>> tasks = new ArrayList<>();

    /**
     * Plans the trials.
     *
     * @param trials in the order of their numbers
     */
    Sweep(
            Session session,
            SweepSettings settings,
            List<Trial> trials,
            SharedRows shared,
            Beside beside,
            Console console)
            throws IOException {
        Configuration conf = session.spark().hadoopConfiguration();
        this.session = session;
        this.settings = settings;
        this.shared = shared;
        this.beside = beside;
        this.console = console;
        this.best = new BestModel(session, settings.keep(), settings.objective());
        this.halving = settings.halving() ? halving(settings.objective(), trials) : null;
        this.reader = new TableReader(session.results(), conf);
        this.runIds = new HashSet<>(reader.runIds());
        List<TrialRow> planned = trials.stream()
                .map(trial -> trial.row(settings.id(), settings.objective(), null, Status.WAITING, null))
                .toList();
        this.table = TrialTable.open(session.results(), conf, settings.id(), planned);
        Earlier earlier = new Earlier(reader, session);
        List<Trial> left = new ArrayList<>();
        for (Trial trial : trials) {
            TrialRow row = table.row(trial.number());
            if (DONE.contains(row.status())) {
                earlier.requireSame(trial, row.trialRunId());
                keep(row);
            } else {
                left.add(trial);
            }
        }
        for (int i = 0; i < left.size(); i++) {
            plan(left.get(i), settings.workers().applyAsInt(i, left.size()));
        }
    }

    /** What is to be run, a task for each trial that has no result; its status in the end. */
    List<Callable<Status>> tasks() {
        return tasks;
    }

    TrialTable table() {
        return table;
    }

    /** The best trial; null if there is none. */
    TrialRow best() {
        return best.best();
    }

    /** Ends the trials that go on, and begins none. */
    void requestStop() {
        beside.requestStop();
        if (halving != null) {
            halving.stop();
        }
    }

    private static Halving halving(Objective objective, List<Trial> trials) {
        int epochs = trials.stream()
                .filter(trial -> trial.learner() != null)
                .mapToInt(trial -> trial.learner().settings().epochs())
                .max()
                .orElse(1);
        return new Halving(objective, trials.size(), epochs);
    }

    // A trial of an earlier start counts with what was measured then.
    private void keep(TrialRow row) throws IOException {
        best.ended(row);
        if (halving != null) {
            for (EpochRow epoch : reader.rows(Table.EPOCHS, row.trialRunId())) {
                halving.known(
                        row.trial(),
                        epoch.epoch() + 1,
                        settings.objective().value(epoch.trainError(), epoch.testError()));
            }
            halving.ended(row.trial(), row.objectiveValue());
        }
    }

    private void plan(Trial trial, int workers) throws IOException {
        if (trial.learner() == null) {
            fail(trial, null, trial.error());
            return;
        }
        Slots slots = new Slots(trial.number());
        Part part = new Part(
                settings.experiment(),
                settings.id(),
                trial.title(),
                console,
                halving == null ? Pauses.NONE : slots,
                settings.keep() != BestModel.Keep.NONE);
        try {
            String runId = settings.runId(trial.number(), runIds);
            Run run = new Run(session.with(trial.effective()), trial.learner(), part, runId, shared, workers);
            runIds.add(runId);
            tasks.add(() -> execute(trial, run, slots));
        } catch (UsageException e) { // settings that do not fit the data
            fail(trial, null, e.getMessage());
        }
    }

    private Status execute(Trial trial, Run run, Slots slots) throws IOException {
        try {
            Run.Ended ended = beside.execute(run, held -> {
                slots.held = held;
                table.put(trial.row(settings.id(), settings.objective(), run.runId(), Status.RUNNING, null));
                return run.execute();
            });
            return ended == null ? Status.WAITING : end(trial, run, ended);
        } catch (RuntimeException | IOException e) {
            session.spark().sc().cancelJobGroup(run.runId());
            return fail(trial, run.runId(), reason(e));
        }
    }

    private Status end(Trial trial, Run run, Run.Ended ended) throws IOException {
        Double value = settings.objective().value(ended.trainError(), ended.testError());
        Status status = Status.valueOf(ended.outcome().name());
        if (halving != null && status != Status.KILLED) {
            halving.ended(trial.number(), status == Status.DIVERGED ? null : value);
        }
        String decision = halving == null ? null : halving.decision(trial.number());
        TrialRow row = trial.row(settings.id(), settings.objective(), run.runId(), ended, decision);
        table.put(row);
        best.ended(row);
        console.say(String.format(
                Locale.ROOT,
                "%s  %s after %d epochs in %.1f s%s",
                trial.title(),
                status.text().replace('_', ' '),
                ended.epochs(),
                ended.seconds(),
                row.objectiveValue() == null
                        ? ""
                        : String.format(Locale.ROOT, "  %s %.5f", settings.objective(), row.objectiveValue())));
        return status;
    }

    private Status fail(Trial trial, String runId, String reason) throws IOException {
        Status status = Interruption.happened() ? Status.KILLED : Status.FAILED;
        table.put(trial.row(settings.id(), settings.objective(), runId, status, reason));
        if (halving != null) {
            halving.ended(trial.number(), null);
        }
        console.say(trial.title() + "  " + status.text() + ": " + reason);
        return status;
    }

    private static String reason(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(e.toString());
    }

    /** The slots of a trial, given back while it waits for the others. */
    private final class Slots implements Pauses {
        private final int trial;
        private Held held;

        Slots(int trial) {
            this.trial = trial;
        }

        @Override
        public int next(int epochs) {
            return halving.next(epochs);
        }

        @Override
        public boolean goOn(Epoch last) {
            Double value = settings.objective().value(last.trainError(), last.testError());
            return held.without(() -> halving.compare(trial, last.epoch() + 1, value));
        }
    }
}
