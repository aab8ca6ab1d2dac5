package org.sparkautoencoder.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;

/** Writes the report page. */
public final class Report {
    private Report() {}

    /**
     * Writes the page of some runs as one file. It atomically replaces an existing file.
     *
     * @param results the folder of all tables
     * @param runIds the runs
     * @param sweepIds the sweeps, with all their trials; without runs and sweeps the newest complete reproduction of the
     *     study is shown, or if there is none the newest runs and sweeps
     * @param out the file; its folder is created if absent
     * @throws NoSuchFileException if there is no such run, or none at all; nothing is written then
     */
    public static void write(
            Path results, Configuration conf, List<String> runIds, List<String> sweepIds, java.nio.file.Path out)
            throws IOException {
        TableReader reader = new TableReader(results, conf);
        boolean named = !runIds.isEmpty() || !sweepIds.isEmpty();
        Map<String, RunRow> rows = new LinkedHashMap<>();
        for (String id : named ? withTrials(reader, results, runIds, sweepIds) : reader.runIds()) {
            List<RunRow> row = reader.rows(Table.RUNS, id);
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
        writeAtomically(out.toAbsolutePath(), new Page(runs, sweeps, selection.remark()).html());
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

    private static void writeAtomically(java.nio.file.Path out, String page) throws IOException {
        Files.createDirectories(out.getParent());
        java.nio.file.Path temporary = out.resolveSibling("." + out.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(temporary, page, StandardOpenOption.CREATE_NEW);
            Files.move(temporary, out, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
