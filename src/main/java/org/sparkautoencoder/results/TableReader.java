package org.sparkautoencoder.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.AtomicOutput;

/**
 * Reads tables into records, also while their runs are in progress. Missing columns are null and unknown columns are ignored,
 * so that files of older and newer versions can be read.
 */
public final class TableReader {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

    private final ParquetConfiguration settings;
    private final FileSystem fs;
    private final Path out;

    /**
     * Creates a reader of the tables in a folder, which may be empty or absent.
     *
     * @param out the folder of all tables, on any Hadoop file system
     */
    public TableReader(Path out, Configuration conf) throws IOException {
        this.settings = new HadoopParquetConfiguration(conf);
        this.fs = AtomicOutput.fileSystem(out, conf);
        this.out = out;
    }

    /** The ids of all runs in {@code runs}, sorted; empty if the folder does not exist. */
    public List<String> runIds() throws IOException {
        return runIds(Table.RUNS);
    }

    /** The ids of all runs in a table, or of the sweeps in {@code trials}, sorted; empty if the folder does not exist. */
    public List<String> runIds(Table<?> table) throws IOException {
        FileStatus[] folders;
        try {
            folders = fs.listStatus(new Path(out, table.name()));
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return Arrays.stream(folders)
                .map(folder -> folder.getPath().getName())
                .filter(name -> name.startsWith(RunFolder.PREFIX))
                .map(name -> name.substring(RunFolder.PREFIX.length()))
                .filter(RunFolder::isRunId)
                .sorted()
                .toList();
    }

    /**
     * The rows of a run in the order of writing; empty if there are none.
     *
     * @throws DamagedFileException naming the file, if it is not parquet or does not match the table
     */
    public <R extends Record> List<R> rows(Table<R> table, String runId) throws IOException {
        RecordMaker<R> maker = RecordMaker.of(table.rowType());
        List<R> rows = new ArrayList<>();
        for (Path part : RunFolder.of(fs, out, table, runId).parts()) {
            InputFile file = LoadedFile.of(fs, part);
            try (ParquetReader<Group> reader = new Builder(file, settings).build()) {
                for (Group group = reader.read(); group != null; group = reader.read()) {
                    Group row = group;
                    rows.add(maker.make(table.columns().stream()
                            .map(column -> column.read(row))
                            .iterator()));
                }
            } catch (RuntimeException | IOException e) { // the file was read before
                throw new DamagedFileException(part, table, e);
            }
        }
        return rows;
    }

    /** The row of a run, as {@link #rows}; lost if it says that it is running and its process is gone. */
    public List<RunRow> run(String runId) throws IOException {
        List<RunRow> rows = new ArrayList<>(rows(Table.RUNS, runId));
        for (int i = 0; i < rows.size(); i++) {
            RunState state = rows.get(i).state();
            if (state.status() == Status.RUNNING && !Heartbeat.isAlive(fs, out, runId)) {
                rows.set(i, rows.get(i).withState(new RunState(Status.LOST, state.startTime(), null)));
            }
        }
        return rows;
    }

    /** The rows of a sweep's trials, likewise. */
    public List<TrialRow> trials(String sweepId) throws IOException {
        List<TrialRow> rows = new ArrayList<>(rows(Table.TRIALS, sweepId));
        for (int i = 0; i < rows.size(); i++) {
            TrialRow row = rows.get(i);
            if (row.status() == Status.RUNNING && !Heartbeat.isAlive(fs, out, row.trialRunId())) {
                rows.set(i, row.withStatus(Status.LOST));
            }
        }
        return rows;
    }

    /**
     * The files of a table, in no order.
     *
     * @param damaged is told of those that are not parquet, which are left out
     */
    public List<Path> files(Table<?> table, Consumer<DamagedFileException> damaged) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String runId : runIds(table)) {
            for (Path part : RunFolder.of(fs, out, table, runId).parts()) {
                InputFile file = LoadedFile.of(fs, part);
                try (ParquetFileReader footer = ParquetFileReader.open(file)) {
                    LOG.debug("{}: {} rows", part, footer.getRecordCount());
                    files.add(part);
                } catch (RuntimeException | IOException e) {
                    damaged.accept(new DamagedFileException(part, table, e));
                }
            }
        }
        return files;
    }

    /** A file that is not rows of its table; the message names it, in one line. */
    public static final class DamagedFileException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String file;

        DamagedFileException(Path part, Table<?> table, Exception cause) {
            super(
                    "cannot read " + part + " as rows of " + table + ": "
                            + String.valueOf(cause.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                            + "; move it away",
                    cause);
            this.file = part.toString();
        }

        public String file() {
            return file;
        }
    }

    private static final class Builder extends ParquetReader.Builder<Group> {
        // Without settings parquet loads Hadoop's configuration for each file, which takes longer than reading it.
        Builder(InputFile file, ParquetConfiguration settings) {
            super(file, settings);
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
