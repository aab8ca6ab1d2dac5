package org.sparkautoencoder.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.model.SavedModel;
import org.sparkautoencoder.results.RunData;
import org.sparkautoencoder.results.RunFingerprints;
import org.sparkautoencoder.results.RunNoise;
import org.sparkautoencoder.results.RunOrigin;
import org.sparkautoencoder.results.RunPlatform;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.RunSettings;
import org.sparkautoencoder.results.RunState;
import org.sparkautoencoder.results.RunVersions;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.training.Cluster;
import org.sparkautoencoder.training.TrainingSettings;

/** What is written down of a run: its row in the table of runs, and the description of its model. */
final class RunRecord {
    private RunRecord() {}

    /** The row of a run that begins. */
    static RunRow row(RunContext context, ModelSpec modelSpec, RunGroup group, int workers, Instant start) {
        LoadedData data = context.data();
        return new RunRow(
                group.experiment(),
                modelSpec.model(),
                new RunState(Status.RUNNING, start, null),
                new RunData(data.paths().name(), data.train().rows(), data.testRows()),
                settings(modelSpec),
                platform(context, workers),
                null,
                new RunOrigin(modelSpec.parentRunId(), group.sweepId()),
                null,
                lines(context.settings()),
                new RunFingerprints(
                        data.train().fingerprint(),
                        data.test() == null ? null : data.test().fingerprint()),
                0);
    }

    private static RunSettings settings(ModelSpec modelSpec) {
        TrainingSettings settings = modelSpec.settings();
        List<Integer> layers = new ArrayList<>();
        for (int size : modelSpec.network().sizes()) {
            layers.add(size);
        }
        return new RunSettings(
                layers,
                settings.epochs(),
                settings.batchSize(),
                modelSpec.updateRule().learningRate(),
                modelSpec.updateRule().momentum(),
                settings.seed(),
                settings.shards(),
                noise(settings.noise()));
    }

    private static RunNoise noise(MaskingNoise noise) {
        return noise == null
                ? RunNoise.NONE
                : new RunNoise(noise.zero(), noise.one(), noise.mode().name().toLowerCase(Locale.ROOT));
    }

    private static RunPlatform platform(RunContext context, int workers) {
        return new RunPlatform(
                workers,
                Math.min(workers, Cluster.executors(context.spark())),
                Blas.name(),
                new RunVersions(
                        Version.app(), Version.commit(), context.spark().version(), System.getProperty("java.version")),
                context.spark().master(),
                context.spark().sc().applicationId());
    }

    private static String lines(Map<String, String> values) {
        StringBuilder lines = new StringBuilder();
        values.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    /** What model.json says of the model of a run. */
    static Map<String, Object> description(
            RunContext context, ModelSpec modelSpec, String runId, RunRow row, int epochs, String outcome) {
        TrainingSettings settings = modelSpec.settings();
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("model", modelSpec.model());
        description.put("activations", activations(modelSpec.network(), settings.outputLayer()));
        description.put("run_id", runId);
        description.put("epochs", epochs);
        description.put("outcome", outcome);
        description.put("settings", context.settings());
        description.put("noise", settings.noise() == null ? null : SavedModel.describe(settings.noise()));
        description.put(SavedModel.SCHEMA, context.data().train().schema().describe());
        description.put("dataset", row.data().dataset());
        description.put(
                "image_orientation",
                context.data().layout().orientation().name().toLowerCase(Locale.ROOT));
        description.put("blas", row.platform().blas());
        description.put("app_version", row.platform().versions().appVersion());
        description.put("git_commit", row.platform().versions().gitCommit());
        description.put("spark_version", row.platform().versions().sparkVersion());
        return description;
    }

    private static List<String> activations(Layers network, OutputLayer outputLayer) {
        List<String> activations = new ArrayList<>();
        for (int l = 1; l < network.depth(); l++) {
            activations.add("relu");
        }
        activations.add(outputLayer.text());
        return activations;
    }
}
