package org.sparkautoencoder.runs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.model.ModelFolder;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.training.Checkpoint;
import org.sparkautoencoder.training.TrainingOutcome;
import org.sparkautoencoder.training.TrainingResult;
import org.sparkautoencoder.training.TrainingRows;

/** The model that a run leaves. For one thread. */
final class RunModel {
    private static final String FAILED = "failed";

    private final RunContext context;
    private final ModelSpec modelSpec;
    private final RunGroup group;
    private final String runId;
    private final RunRow row;
    private String weights;
    private Path saved;

    RunModel(RunContext context, ModelSpec modelSpec, RunGroup group, String runId, RunRow row) {
        this.context = context;
        this.modelSpec = modelSpec;
        this.group = group;
        this.runId = runId;
        this.row = row;
    }

    /** The SHA-256 of the weights; null if there are none. */
    String weights() {
        return weights;
    }

    /** Its folder; null if it is not saved. */
    Path saved() {
        return saved;
    }

    /** Saves the model of a training that has ended, unless it has diverged or its group keeps none. */
    void save(TrainingRows rows, TrainingResult trained) throws IOException {
        if (trained.outcome() == TrainingOutcome.DIVERGED || trained.epochs() == 0) {
            return;
        }
        float[] parameters = modelSpec.networkParameters(trained.parameters());
        weights = ModelFolder.sha256(parameters);
        // A trial that is cut off has a checkpoint, and is not to be taken for a result.
        boolean cutOff = trained.outcome() == TrainingOutcome.KILLED && group.sweepId() != null;
        if (group.keepsModel() && !cutOff) {
            Map<String, Object> description = RunRecord.description(
                    context,
                    modelSpec,
                    runId,
                    row,
                    trained.epochs(),
                    trained.outcome().text());
            description.putAll(modelSpec.description(context, rows, trained.parameters()));
            write(parameters, description);
        }
    }

    /** Saves the model of a training that has failed, after its last whole epoch; nothing if there is none. */
    void save(Checkpoint last) throws IOException {
        if (saved == null && last != null && last.snapshot().epochs() > 0) {
            float[] parameters = modelSpec.networkParameters(last.snapshot().parameters());
            weights = ModelFolder.sha256(parameters);
            if (group.keepsModel() && group.sweepId() == null) {
                write(
                        parameters,
                        RunRecord.description(
                                context, modelSpec, runId, row, last.snapshot().epochs(), FAILED));
            }
        }
    }

    private void write(float[] parameters, Map<String, Object> description) throws IOException {
        Path folder = context.model(runId);
        Configuration conf = context.spark().hadoopConfiguration();
        if (row.resumed() > 0) {
            removeUnfinished(folder, conf);
            ModelFolder.replace(folder, conf, modelSpec.network(), parameters, description);
        } else {
            ModelFolder.write(folder, conf, modelSpec.network(), parameters, description);
        }
        saved = folder;
    }

    // What the run was writing when its process was killed; no other process writes it now.
    private static void removeUnfinished(Path folder, Configuration conf) throws IOException {
        FileSystem fs = folder.getFileSystem(conf);
        Pattern name = Pattern.compile(Pattern.quote("." + folder.getName() + ".") + "[0-9a-f-]{36}\\.tmp");
        try {
            for (FileStatus file : fs.listStatus(folder.getParent())) {
                if (name.matcher(file.getPath().getName()).matches()) {
                    fs.delete(file.getPath(), true);
                }
            }
        } catch (FileNotFoundException e) {
            return; // no model has been written yet
        }
    }
}
