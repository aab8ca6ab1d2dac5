package org.sparkautoencoder.runs;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.results.Heartbeat;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.runs.Resumption.WrittenEpochs;
import org.sparkautoencoder.training.Checkpoint;
import org.sparkautoencoder.training.CheckpointFolder;
import org.sparkautoencoder.training.CheckpointSettings;
import org.sparkautoencoder.training.CheckpointWriter;
import org.sparkautoencoder.training.TrainingFailedException;

/** What a run writes: its tables, its checkpoints and its model. For one thread. */
final class RunOutputs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunOutputs.class);

    private final RunContext context;
    private final RunInfo info;
    private final Heartbeat heartbeat;
    private final ResultTables tables;
    private final RunRow row;
    private final RunModel model;
    private final EpochTable epochs;
    private final Checkpoint from;
    private final CheckpointWriter checkpoints; // null for none

    private RunOutputs(
            RunContext context,
            ModelSpec modelSpec,
            RunGroup group,
            Resumption resumption,
            RunInfo info,
            RunRow row,
            ResultTables tables,
            Heartbeat heartbeat)
            throws IOException {
        this.context = context;
        this.info = info;
        this.heartbeat = heartbeat;
        this.row = row;
        this.tables = tables;
        this.model = new RunModel(context, modelSpec, group, info.runId(), row);
        this.epochs = new EpochTable(tables, info, context.listener());
        if (resumption == null) {
            this.from = Checkpoint.initial(modelSpec.initialParameters());
        } else {
            WrittenEpochs before = WrittenEpochs.of(context, info.runId());
            this.from = resumption.checkpoint(modelSpec, before);
            epochs.restore(from.unwritten(), before.epochs());
        }
        CheckpointSettings settings = context.checkpoints();
        this.checkpoints = settings.areWritten()
                ? CheckpointWriter.open(
                        settings,
                        info.runId(),
                        context.spark().hadoopConfiguration(),
                        modelSpec.settings().layers(),
                        Resumption.about(context, modelSpec, info.runId()),
                        epochs::written,
                        from.snapshot().epochs())
                : null;
    }

    /**
     * Begins the tables of a new run, or goes on with those of one that was cut off.
     *
     * @param resumption null for a new run
     * @throws BadInputException if the run is not there, or was begun with other rows
     */
    static RunOutputs open(
            RunContext context,
            ModelSpec modelSpec,
            RunGroup group,
            Resumption resumption,
            RunInfo info,
            Instant start,
            Heartbeat heartbeat)
            throws IOException {
        Configuration conf = context.spark().hadoopConfiguration();
        RunRow row = RunRecord.row(context, modelSpec, group, info.workers(), start);
        requireCheckpointFolder(context, info.runId());
        ResultTables tables;
        if (resumption == null) {
            AtomicOutput.requireAbsent(context.model(info.runId()), conf);
            tables = ResultTables.create(context.results(), conf, info.runId(), row);
        } else {
            resumption.requireSame(context, modelSpec);
            row = row.resuming(rowBefore(context, info.runId()));
            tables = ResultTables.reopen(context.results(), conf, info.runId());
            tables.putRun(row);
        }
        return new RunOutputs(context, modelSpec, group, resumption, info, row, tables, heartbeat);
    }

    // Before anything is written.
    private static void requireCheckpointFolder(RunContext context, String runId) {
        Path folder = new Path(context.checkpoints().folder(), runId);
        try {
            CheckpointFolder.at(folder, context.spark().hadoopConfiguration());
        } catch (IOException e) {
            throw new InvalidSettingsException("checkpoints cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    private static RunRow rowBefore(RunContext context, String runId) throws IOException {
        List<RunRow> rows =
                new TableReader(context.results(), context.spark().hadoopConfiguration()).rows(Table.RUNS, runId);
        if (rows.isEmpty()) {
            throw new BadInputException("run " + runId + " is not in the table of runs in " + context.results()
                    + ": name the folder of its tables with --out");
        }
        return rows.get(0);
    }

    ResultTables tables() {
        return tables;
    }

    EpochTable epochs() {
        return epochs;
    }

    RunModel model() {
        return model;
    }

    /** What the training begins or goes on with. */
    Checkpoint from() {
        return from;
    }

    /** Where its checkpoints go; null for none. */
    CheckpointWriter checkpoints() {
        return checkpoints;
    }

    /**
     * Checks that the run is still this process's.
     *
     * @throws TrainingFailedException if another process has taken it over
     */
    void requireOwner() {
        if (heartbeat.isLost()) {
            throw new TrainingFailedException("another process has taken over run " + info.runId(), null);
        }
    }

    /**
     * Writes a checkpoint of a training that has not reached its end.
     *
     * @param last null for none
     * @return its folder; null if there is none
     */
    Path writeLast(Checkpoint last) {
        return checkpoints == null || last == null || last.snapshot().epochs() == 0
                ? null
                : checkpoints.writeLast(last);
    }

    /** Writes how the run ended, and removes its checkpoints if it has reached its end. */
    void ended(Status status, int executors) throws IOException {
        requireOwner();
        tables.putRun(row.withExecutors(executors).ended(status, Instant.now(), model.weights(), null));
        if (checkpoints != null && status != Status.KILLED) {
            checkpoints.ended();
        }
    }

    /**
     * Keeps what the driver holds of a run that has failed: its last whole epoch becomes a checkpoint and a model. Each is tried,
     * whatever fails.
     *
     * @param last null for none
     */
    void failed(Checkpoint last, Throwable cause) {
        if (heartbeat.isLost()) {
            return;
        }
        Status status = context.cancellation().isRequested() ? Status.KILLED : Status.FAILED;
        attempt(cause, () -> context.listener().failed(info, status));
        attempt(cause, epochs::flush);
        attempt(cause, () -> {
            Path checkpoint = writeLast(last);
            if (checkpoint != null) {
                LOG.warn(
                        "the {} epochs that run {} has completed are kept in {}; the run can be resumed",
                        last.snapshot().epochs(),
                        info.runId(),
                        checkpoint);
            }
        });
        attempt(cause, () -> model.save(last));
        attempt(cause, () -> tables.putRun(row.ended(status, Instant.now(), model.weights(), cause.toString())));
    }

    /** Something to be done that may fail. */
    private interface Action {
        void run() throws IOException;
    }

    private static void attempt(Throwable cause, Action action) {
        try {
            action.run();
        } catch (RuntimeException | IOException | Error e) {
            if (e != cause) { // which may come again
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        if (checkpoints != null) {
            checkpoints.close();
        }
    }
}
