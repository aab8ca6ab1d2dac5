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
     * Checks that a trial was made of the same rows, with the same settings.
     *
     * @throws BadInputException if it was not
     */
    void requireSame(Trial trial, String runId) throws IOException {
        List<RunRow> rows = reader.rows(Table.RUNS, runId);
        if (rows.isEmpty()) {
            throw new BadInputException("the run " + runId + " of trial " + trial.number()
                    + " is missing in the table of runs: choose another --sweep-id");
        }
        RunRow run = rows.get(0);
        String testFingerprint =
                context.data().test() == null ? null : context.data().test().fingerprint();
        if (!Objects.equals(
                        run.fingerprints().trainFingerprint(),
                        context.data().train().fingerprint())
                || !Objects.equals(run.fingerprints().testFingerprint(), testFingerprint)) {
            throw new BadInputException("trial " + trial.number() + " was made of other rows than these (run " + runId
                    + "): choose another --sweep-id");
        }
        Map<String, String> then = new HashMap<>();
        run.settings().lines().forEach(line -> then.put(line.replaceFirst("=.*", ""), line));
        trial.effective().forEach((name, value) -> {
            String line = name + "=" + value;
            if (isVaried.test(name) && !line.equals(then.get(name))) {
                throw new BadInputException(
                        "trial " + trial.number() + " was made with '" + then.get(name) + "', not '" + line + "' (run "
                                + runId + "): continue with the same settings, or choose another --sweep-id");
            }
        });
    }
}
