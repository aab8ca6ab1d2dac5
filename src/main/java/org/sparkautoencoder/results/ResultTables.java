package org.sparkautoencoder.results;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.AtomicOutput;

/**
 * Writes the tables of one run. Rows are visible to readers when a method returns. Thread-safe; only one process may write
 * a run. Runs of other ids in the same folder are not touched.
 */
public final class ResultTables {
    private static final Logger LOG = LoggerFactory.getLogger(ResultTables.class);

    private final Configuration conf;
    private final FileSystem fs;
    private final Path out;
    private final String runId;

    private ResultTables(FileSystem fs, Configuration conf, Path out, String runId) {
        this.fs = fs;
        this.conf = conf;
        this.out = out;
        this.runId = runId;
    }

    /**
     * Starts the tables of a new run with its row in {@code runs}.
     *
     * @param out the folder of all tables, on any Hadoop file system; created if absent
     * @param runId a letter and up to 99 letters, digits, '_', '.' or '-'
     * @throws IllegalArgumentException for any other run id
     * @throws FileAlreadyExistsException if any table has this run already; nothing is written then
     */
    public static ResultTables create(Path out, Configuration conf, String runId, RunRow first) throws IOException {
        return create(out, conf, runId, Table.RUNS, List.of(first));
    }

    /**
     * Starts the table {@code trials} of a new sweep, with the sweep's id as run id, like {@link #create}.
     */
    public static ResultTables createSweep(Path out, Configuration conf, String sweepId, List<TrialRow> first)
            throws IOException {
        return create(out, conf, sweepId, Table.TRIALS, first);
    }

    private static <R extends Record> ResultTables create(
            Path out, Configuration conf, String runId, Table<R> table, List<R> first) throws IOException {
        FileSystem fs = AtomicOutput.fileSystem(out, conf);
        for (RunFolder folder : folders(fs, out, runId)) {
            if (folder.exists()) {
                throw exists(runId, folder.path());
            }
        }
        RunFolder folder = RunFolder.of(fs, out, table, runId);
        AtomicOutput.makeFolder(fs, folder.path().getParent());
        // If two processes create the same id, one must fail: on a local disk mkdir does, elsewhere the rename to an
        // existing name.
        if (fs instanceof RawLocalFileSystem local) {
            try {
                Files.createDirectory(local.pathToFile(folder.path()).toPath());
            } catch (FileAlreadyExistsException e) {
                throw exists(runId, folder.path());
            }
        }
        PartFile.add(conf, folder.part(0), table, first);
        LOG.debug("run {} writes its tables to {}", runId, out);
        return new ResultTables(fs, conf, out, runId);
    }

    /**
     * Opens the tables of an existing run or sweep to append to them.
     *
     * @throws IllegalArgumentException for an invalid run id
     * @throws NoSuchFileException if no table has this run
     */
    public static ResultTables reopen(Path out, Configuration conf, String runId) throws IOException {
        FileSystem fs = AtomicOutput.fileSystem(out, conf);
        for (RunFolder folder : folders(fs, out, runId)) {
            if (!folder.parts().isEmpty()) {
                return new ResultTables(fs, conf, out, runId);
            }
        }
        throw new NoSuchFileException(out.toString(), null, "no table has a run '" + runId + "' to go on with");
    }

    /** Replaces the run's row in {@code runs}. */
    public void putRun(RunRow row) throws IOException {
        put(Table.RUNS, List.of(row));
    }

    /**
     * Replaces all rows of this run in a table atomically.
     *
     * @throws IllegalStateException if rows were appended to this table: several files cannot be replaced atomically
     */
    public synchronized <R extends Record> void put(Table<R> table, List<R> rows) throws IOException {
        RunFolder folder = RunFolder.of(fs, out, table, runId);
        if (folder.nextPart() > 1) {
            throw new IllegalStateException("rows were appended to " + folder.path() + ": they cannot be replaced");
        }
        PartFile.replace(conf, folder.part(0), table, rows);
    }

    /**
     * Appends rows to a table as one new file; no file if there are none.
     *
     * @throws IllegalArgumentException for {@link Table#RUNS}, which has one row for each run
     */
    public synchronized <R extends Record> void append(Table<R> table, List<R> rows) throws IOException {
        if (table.equals(Table.RUNS)) {
            throw new IllegalArgumentException("a run has one row in runs: put it");
        }
        if (!rows.isEmpty()) {
            RunFolder folder = RunFolder.of(fs, out, table, runId);
            PartFile.add(conf, folder.part(folder.nextPart()), table, rows);
        }
    }

    private static List<RunFolder> folders(FileSystem fs, Path out, String runId) {
        return Table.ALL.stream()
                .map(table -> RunFolder.of(fs, out, table, runId))
                .toList();
    }

    private static FileAlreadyExistsException exists(String runId, Path folder) {
        return new FileAlreadyExistsException(
                folder.toString(), null, "run '" + runId + "' exists already; choose another run id or another folder");
    }
}
