package org.sparkautoencoder.runs;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.training.Trainer;
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
    private final ShardCache cache;
    private final String runId;
    private final int workers;
    private final Trainer trainer;

    /**
     * @param group what it belongs to
     * @param givenId its id; null for one made of the model and the time
     * @param cache where its rows come from
     * @param maxWorkers how many tasks it may take
     * @throws InvalidSettingsException for settings that do not fit the rows
     */
    public Run(
            RunContext context, ModelSpec modelSpec, RunGroup group, String givenId, ShardCache cache, int maxWorkers) {
        this.context = context;
        this.modelSpec = modelSpec;
        this.group = group;
        this.cache = cache;
        this.runId = givenId == null ? RunIds.random(modelSpec.model()) : givenId;
        this.workers = Math.min(maxWorkers, defaultWorkers());
        this.trainer = new Trainer(context.spark(), runId, modelSpec.settings(), context.exchange(), description());
        cache.expect(modelSpec, workers);
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

    /** Trains and measures. */
    public RunResult execute() throws IOException {
        try {
            return executed();
        } finally {
            cache.release(modelSpec, workers);
        }
    }

    private RunResult executed() throws IOException {
        Instant start = Instant.now();
        Configuration conf = context.spark().hadoopConfiguration();
        Path model = context.model(runId);
        AtomicOutput.requireAbsent(model, conf);
        RunRow row = RunRecord.row(context, modelSpec, group, workers, start);
        ResultTables tables = create(conf, row);
        RunInfo info = info();
        String weights = null;
        try {
            describeJobs("read the rows of");
            TrainingRows rows = cache.take(modelSpec, workers);
            context.listener().started(info);
            long begin = System.nanoTime();
            EpochTable epochs = new EpochTable(tables, info, context.listener());
            TrainingResult trained = trainer.train(rows, modelSpec.initialParameters(), epochs, group.pauses());
            double trainingSeconds = secondsSince(begin);
            epochs.flush();
            context.listener().trained(info);
            boolean usable = trained.outcome() != TrainingOutcome.DIVERGED && trained.epochs() > 0;
            boolean saved = usable && group.keepsModel();
            if (usable) {
                float[] parameters = modelSpec.networkParameters(trained.parameters());
                weights = ModelFolder.sha256(parameters);
                if (saved) {
                    describeJobs("describe the model of");
                    Map<String, Object> description = RunRecord.description(context, modelSpec, runId, row, trained);
                    description.putAll(modelSpec.description(context, rows, trained.parameters()));
                    ModelFolder.write(model, conf, modelSpec.network(), parameters, description);
                }
                describeJobs("measure");
                modelSpec.measure(context, info, tables, rows, trained.parameters());
            }
            RunResult result = new RunResult(
                    trained.outcome(),
                    trained.epochs(),
                    epochs.last(),
                    trainingSeconds,
                    (Instant.now().toEpochMilli() - start.toEpochMilli()) / 1e3,
                    saved ? model : null);
            tables.putRun(row.withExecutors(trained.executors()).ended(result.status(), Instant.now(), weights, null));
            context.listener().ended(info, result);
            return result;
        } catch (RuntimeException | IOException e) {
            Status status = context.cancellation().isRequested() ? Status.KILLED : Status.FAILED;
            context.listener().failed(info, status);
            tables.putRun(row.ended(status, Instant.now(), weights, e.toString()));
            throw e;
        }
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

    private ResultTables create(Configuration conf, RunRow row) throws IOException {
        try {
            return ResultTables.create(context.results(), conf, runId, row);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
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
