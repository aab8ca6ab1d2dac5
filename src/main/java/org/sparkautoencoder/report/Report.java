package org.sparkautoencoder.report;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.TableReader;

/** Writes the report page. */
public final class Report {
    private Report() {}

    /**
     * The page of some runs.
     *
     * @param results the folder of all tables
     * @param runIds the runs
     * @param sweepIds the sweeps, with all their trials; without runs and sweeps the newest complete reproduction of the
     *     study, or if there is none the newest runs and sweeps
     * @throws NoSuchFileException if there is no such run, or none at all
     */
    public static String of(Path results, Configuration conf, List<String> runIds, List<String> sweepIds)
            throws IOException {
        TableReader reader = new TableReader(results, conf);
        boolean named = !runIds.isEmpty() || !sweepIds.isEmpty();
        Map<String, RunRow> rows = new LinkedHashMap<>();
        for (String id : named ? withTrials(reader, results, runIds, sweepIds) : reader.runIds()) {
            List<RunRow> row = reader.run(id);
            if (!row.isEmpty()) {
                rows.put(id, row.get(row.size() - 1));
            } else if (runIds.contains(id)) {
                throw new NoSuchFileException(results.toString(), null, "no table has a run '" + id + "'");
            }
        }
        if (rows.isEmpty()) {
            throw new NoSuchFileException(results.toString(), null, "there is no run in it to report on");
        }
        RunSelection selection =
                named ? new RunSelection(List.copyOf(rows.keySet()), sweepIds, null) : RunSelection.of(rows);
        List<Run> runs = new ArrayList<>();
        for (String id : selection.runIds()) {
            runs.add(Run.read(reader, id, rows.get(id)));
        }
        List<Sweep> sweeps = new ArrayList<>();
        for (String id : selection.sweepIds()) {
            Sweep sweep = Sweep.read(reader, id);
            if (sweep != null) {
                sweeps.add(sweep);
            }
        }
        return new Page(runs, sweeps, selection.remark()).html();
    }

    private static Set<String> withTrials(TableReader reader, Path results, List<String> runIds, List<String> sweepIds)
            throws IOException {
        Set<String> all = new LinkedHashSet<>(runIds);
        for (String id : sweepIds) {
            Sweep sweep = Sweep.read(reader, id);
            if (sweep == null) {
                throw new NoSuchFileException(results.toString(), null, "no table has a sweep '" + id + "'");
            }
            for (Sweep.Trial trial : sweep.trials()) {
                if (trial.row().trialRunId() != null) {
                    all.add(trial.row().trialRunId());
                }
            }
        }
        return all;
    }
}
