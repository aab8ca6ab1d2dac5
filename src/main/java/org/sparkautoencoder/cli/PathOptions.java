package org.sparkautoencoder.cli;

import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.runs.ImageLayout;
import org.sparkautoencoder.runs.LoadedData;
import org.sparkautoencoder.runs.RunContext;
import org.sparkautoencoder.runs.RunListener;
import picocli.CommandLine.Option;

/** Where the rows of a training lie, where its results go, and how its progress is shown. */
final class PathOptions {
    @Option(
            names = "--train",
            paramLabel = "PATH",
            description = "CSV to train on: a file, folder, glob or URI that Hadoop can read, plain, .gz or .bz2"
                    + " (dataset/paper, prepared when absent)")
    private String train;

    @Option(names = "--test", paramLabel = "PATH", description = "CSV to test on, likewise")
    private String test;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "where tables and models go (${DEFAULT-VALUE})")
    private String out;

    @Option(
            names = "--images",
            paramLabel = "HOW",
            description =
                    "how pictures lie in a row: upright (line by line from the top) or transposed (known for prepared"
                            + " data sets, else upright)")
    private ImageLayout.Orientation images;

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = "auto, bar, plain or none (${DEFAULT-VALUE}: redrawn in place on a terminal)")
    private Progress.Kind progress;

    LoadedData load(JavaSparkContext spark, CsvSettings csv) {
        return LoadedData.open(spark, ProjectHome.folder("dataset"), train, test, csv, images);
    }

    RunContext context(
            JavaSparkContext spark,
            LoadedData data,
            Map<String, String> effective,
            ExchangeSettings exchange,
            RunListener console) {
        return new RunContext(spark, data, new Path(out), effective, exchange, console, Interruption.cancellation());
    }

    RunListener singleRun() {
        return new SingleRunConsole(progress, new Path(out), System.out);
    }

    RunListener concurrentRuns() {
        return new ConcurrentRunsConsole(progress, System.out);
    }
}
