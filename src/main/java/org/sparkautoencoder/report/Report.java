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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.results.TableReader.DamagedFileException;

/** Writes the report page. */
public final class Report {
    private static final Logger LOG = LoggerFactory.getLogger(Report.class);

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
        List<String> damaged = new ArrayList<>();
        Map<String, RunRow> rows = new LinkedHashMap<>();
        for (String id : named ? withTrials(reader, results, runIds, sweepIds) : reader.runIds()) {
            List<RunRow> row = readable(() -> reader.run(id), List.of(), named ? null : damaged);
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
            Run run = readable(() -> Run.read(reader, id, rows.get(id)), null, named ? null : damaged);
            if (run != null) {
                runs.add(run);
            }
        }
        List<Sweep> sweeps = new ArrayList<>();
        for (String id : selection.sweepIds()) {
            Sweep sweep = readable(() -> Sweep.read(reader, id), null, named ? null : damaged);
            if (sweep != null) {
                sweeps.add(sweep);
            }
        }
        return new Page(runs, sweeps, remark(selection.remark(), damaged)).html();
    }

    /** Reads something, and gives {@code otherwise} if a file is damaged and may be left out. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    // Runs that the user named are not left out.
    private static <T> T readable(Reading<T> reading, T otherwise, List<String> damaged) throws IOException {
        try {
            return reading.read();
        } catch (DamagedFileException e) {
            if (damaged == null) {
                throw e;
            }
            LOG.warn("left out: {}", e.getMessage());
            damaged.add(e.file());
            return otherwise;
        }
    }

    private static String remark(String remark, List<String> damaged) {
        if (damaged.isEmpty()) {
            return remark;
        }
        String missing = "Left out, since a file is damaged: " + String.join(", ", damaged) + ".";
        return remark == null ? missing : remark + " " + missing;
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
