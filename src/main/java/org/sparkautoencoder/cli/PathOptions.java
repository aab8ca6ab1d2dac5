package org.sparkautoencoder.cli;

import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.runs.ImageLayout;
import org.sparkautoencoder.runs.LoadedData;
import org.sparkautoencoder.runs.RunContext;
import org.sparkautoencoder.runs.RunListener;
import org.sparkautoencoder.training.CheckpointSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the rows of a training lie, where its results go, and how its progress is shown. */
final class PathOptions {
    @Option(
            names = "--train",
            paramLabel = "PATH",
            description = "training rows as CSV (plain, .gz or .bz2), parquet or libsvm: a file, folder, glob or URI "
                    + "that Hadoop can read (default: dataset/paper, prepared if absent)")
    private String train;

    @Option(
            names = "--test",
            paramLabel = "PATH",
            description = "test rows, likewise (default: none; dataset/paper has its own)")
    private String test;

    @Mixin
    private DataOptions.Format format;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "folder for tables and models (default ${DEFAULT-VALUE})")
    private String out;

    @Option(
            names = "--images",
            paramLabel = "HOW",
            description = "orientation of images in a row: upright (row by row from the top) or transposed (default: "
                    + "as recorded for prepared data sets, else upright)")
    private ImageLayout.Orientation images;

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = "how progress is shown: auto, bar, plain or none; auto redraws lines on a terminal and "
                    + "prints lines elsewhere (default ${DEFAULT-VALUE})")
    private Progress.Kind progress;

    /** Checks, before the rows are loaded, that the results can be written. */
    void requireWritable() {
        AtomicOutput.requireWritable(new Path(out), Application.hadoop());
    }

    LoadedData load(JavaSparkContext spark, CsvSettings csv) {
        return LoadedData.open(
                spark, Options.projectFolder("dataset"), train, test, csv.withFormat(format.value), images);
    }

    /** The folder of tables and models. */
    Path results() {
        return new Path(out);
    }

    RunContext context(
            JavaSparkContext spark,
            LoadedData data,
            Map<String, String> effective,
            ExchangeSettings exchange,
            CheckpointSettings checkpoints,
            RunListener console) {
        return new RunContext(
                spark, data, results(), checkpoints, effective, exchange, console, Interruption.cancellation());
    }

    RunListener singleRun() {
        return new SingleRunConsole(progress, new Path(out), System.out);
    }

    RunListener concurrentRuns() {
        return new ConcurrentRunsConsole(progress, System.out);
    }
}
