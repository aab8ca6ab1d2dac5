package org.sparkautoencoder.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import org.apache.hadoop.fs.FSError;
import org.sparkautoencoder.results.Heartbeat;
import org.sparkautoencoder.training.Trainer;
import org.sparkautoencoder.training.TrainingFailedException;
import org.sparkautoencoder.training.TrainingOutcome;
import org.sparkautoencoder.training.TrainingResult;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;
import org.sparkautoencoder.training.Workers;

/** One run: trains a network, measures it, and leaves tables and a model. */
public final class Run {
    private final RunContext context;
    private final ModelSpec modelSpec;
    private final RunGroup group;
    private final Resumption resumption; // null for a new run
    private final ShardCache cache;
    private final String runId;
    private final int workers;
    private final Trainer trainer;

    private Run(
            RunContext context,
            ModelSpec modelSpec,
            RunGroup group,
            String givenId,
            Resumption resumption,
            ShardCache cache,
            int maxWorkers) {
        this.context = context;
        this.resumption = resumption;
        this.modelSpec = modelSpec;
        this.group = group;
        this.cache = cache;
        this.runId = givenId == null ? RunIds.random(modelSpec.model()) : givenId;
        this.workers = Math.min(maxWorkers, defaultWorkers());
        this.trainer = new Trainer(context.spark(), runId, modelSpec.settings(), context.exchange(), description());
        cache.expect(modelSpec, workers);
    }

    /**
     * A run that goes on with what it was when it was cut off, or a new one.
     *
     * @param group what it belongs to
     * @param givenId of a new one; null for one made of the model and the time
     * @param resumption null for a new one
     * @param cache where its rows come from
     * @param maxWorkers how many tasks it may take
     * @throws InvalidSettingsException for settings that do not fit the rows
     */
    public static Run of(
            RunContext context,
            ModelSpec modelSpec,
            RunGroup group,
            String givenId,
            Resumption resumption,
            ShardCache cache,
            int maxWorkers) {
        String id = resumption == null ? givenId : resumption.runId();
        return new Run(context, modelSpec, group, id, resumption, cache, maxWorkers);
    }

    public String runId() {
        return runId;
    }

    /** How many tasks it takes. */
    int workers() {
        return workers;
    }

    /** Ends the training after the present step; from any thread. */
    public void requestStop() {
        trainer.requestStop();
    }

    /** Releases what it would have needed, if it is never executed. */
    void abandon() {
        cache.release(modelSpec, workers);
    }

    /**
     * Trains and measures.
     *
     * @throws TrainingFailedException if the training fails, or a file cannot be read or written
     */
    public RunResult execute() throws IOException {
        try {
            return executed();
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UncheckedIOException | FSError e) { // the last of a full local disk
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TrainingFailedException(
                    "run " + runId + " cannot go on, since a file cannot be read or written: " + cause.getMessage()
                            + "; what it has written is kept in " + context.results(),
                    e);
        } finally {
            cache.release(modelSpec, workers);
        }
    }

    private RunResult executed() throws IOException {
        Instant start = Instant.now();
        RunInfo info = info();
        try (Heartbeat heartbeat = context.begin(runId);
                RunOutputs outputs = RunOutputs.open(context, modelSpec, group, resumption, info, start, heartbeat)) {
            heartbeat.onLost(trainer::requestStop);
            try {
                return trained(start, info, outputs);
            } catch (RuntimeException | IOException | Error e) {
                outputs.failed(trainer.last(), e);
                throw e;
            }
        }
    }

    private RunResult trained(Instant start, RunInfo info, RunOutputs outputs) throws IOException {
        describeJobs("read the rows of");
        TrainingRows rows = cache.take(modelSpec, workers);
        context.listener().started(info);
        long begin = System.nanoTime();
        TrainingResult trained =
                trainer.train(rows, outputs.from(), outputs.epochs(), group.pauses(), outputs.checkpoints());
        double trainingSeconds = secondsSince(begin);
        outputs.epochs().flush();
        context.listener().trained(info);
        outputs.requireOwner();
        describeJobs("describe the model of");
        outputs.model().save(rows, trained);
        if (trained.outcome() != TrainingOutcome.DIVERGED && trained.epochs() > 0) {
            describeJobs("measure");
            modelSpec.measure(context, info, outputs.tables(), rows, trained.parameters());
        }
        RunResult result = new RunResult(
                trained.outcome(),
                trained.epochs(),
                outputs.epochs().last(),
                trainingSeconds,
                (Instant.now().toEpochMilli() - start.toEpochMilli()) / 1e3,
                outputs.model().saved(),
                trained.outcome() == TrainingOutcome.KILLED ? outputs.writeLast(trainer.last()) : null);
        outputs.ended(result.status(), trained.executors());
        context.listener().ended(info, result);
        return result;
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }

    private RunInfo info() {
        LoadedData data = context.data();
        return new RunInfo(
                runId,
                group.title(),
                modelSpec.model(),
                modelSpec.settings(),
                data.paths().name(),
                data.train().rows(),
                data.testRows(),
                workers);
    }

    // All jobs of a run are of one group, so that a failed run's jobs are cancelled alone.
    private void describeJobs(String what) {
        context.spark().setJobGroup(runId, what + " " + description(), true);
    }

    private String description() {
        return group.title() == null ? runId : runId + ": " + group.title();
    }

    private int defaultWorkers() {
        TrainingSettings settings = modelSpec.settings();
        try {
            return Workers.defaultCount(
                    context.spark(),
                    settings,
                    settings.sharding(context.data().train().rows()));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
