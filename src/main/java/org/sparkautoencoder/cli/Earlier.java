package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sparkautoencoder.digits.BadInputException;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;

/** Trials that an earlier start of a sweep has made: they count only if they would come out the same now. */
final class Earlier {
    private final TableReader reader;
    private final Session session;

    Earlier(TableReader reader, Session session) {
        this.reader = reader;
        this.session = session;
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
        String testFingerprint = session.test() == null ? null : session.test().fingerprint();
        if (!Objects.equals(
                        run.fingerprints().trainFingerprint(), session.train().fingerprint())
                || !Objects.equals(run.fingerprints().testFingerprint(), testFingerprint)) {
            throw new BadInputException("trial " + trial.number() + " was made of other rows than these (run " + runId
                    + "): choose another --sweep-id");
        }
        Map<String, String> then = new HashMap<>();
        run.settings().lines().forEach(line -> then.put(line.replaceFirst("=.*", ""), line));
        trial.effective().forEach((name, value) -> {
            String line = name + "=" + value;
            if (TrialOptions.areVaried(name) && !line.equals(then.get(name))) {
                throw new BadInputException("trial " + trial.number() + " was made with '" + then.get(name) + "', not '"
                        + line + "' (run " + runId + "): go on with the same settings, or choose another --sweep-id");
            }
        });
    }
}
