package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;

/** Trials of an earlier start of a sweep: they are kept only if they would have the same result now. */
final class PreviousTrials {
    private final TableReader reader;
    private final RunContext context;
    private final Predicate<String> isVaried;

    PreviousTrials(TableReader reader, RunContext context, Predicate<String> isVaried) {
        this.reader = reader;
        this.isVaried = isVaried;
        this.context = context;
    }

    /**
     * What a trial without a result goes on with; null if it has not begun.
     *
     * @param runId null if it has not begun
     * @throws BadInputException if it was begun with other rows or settings
     */
    Resumption unfinished(Trial trial, String runId) throws IOException {
        Resumption resumption = runId == null || trial.modelSpec() == null ? null : Resumption.ofRun(context, runId);
        if (resumption != null) {
            requireSame(trial, runId);
        }
        return resumption;
    }

    /**
     * Checks that a trial was made of the same rows, with the same settings.
     *
     * @throws BadInputException if it was not
     */
    void requireSame(Trial trial, String runId) throws IOException {
        RunRow run = row(runId);
        if (run == null) {
            throw new BadInputException("the run " + runId + " of trial " + trial.number()
                    + " is missing in the table of runs: choose another --sweep-id");
        }
        requireSame("trial " + trial.number(), trial.effective(), run, runId);
    }

    /** The row of a run; null if there is none. */
    RunRow row(String runId) throws IOException {
        List<RunRow> rows = reader.rows(Table.RUNS, runId);
        return rows.isEmpty() ? null : rows.get(0);
    }

    /**
     * Checks likewise for a run.
     *
     * @param what it is, for messages
     * @param effective the options that are in force for it
     */
    void requireSame(String what, Map<String, String> effective, RunRow run, String runId) {
        String testFingerprint =
                context.data().test() == null ? null : context.data().test().fingerprint();
        if (!Objects.equals(
                        run.fingerprints().trainFingerprint(),
                        context.data().train().fingerprint())
                || !Objects.equals(run.fingerprints().testFingerprint(), testFingerprint)) {
            throw new BadInputException(what + " was made of other rows than these (run " + runId
                    + "): restore the files, or choose another id");
        }
        Map<String, String> then = new HashMap<>();
        run.settings().lines().forEach(line -> then.put(line.replaceFirst("=.*", ""), line));
        effective.forEach((name, value) -> {
            String line = name + "=" + value;
            if (isVaried.test(name) && !line.equals(then.get(name))) {
                throw new BadInputException(what + " was made with '" + then.get(name) + "', not '" + line + "' (run "
                        + runId + "): continue with the same settings, or choose another id");
            }
        });
    }
}
