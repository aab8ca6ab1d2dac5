package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.CsvSettings;
import org.sparkautoencoder.exchange.ExchangeSettings;
import picocli.CommandLine.Option;

/** Where the rows of a training lie, where its results go, and how its progress is shown. */
final class PlaceOptions {
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
    private Pictures.Orientation images;

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = "auto, bar, plain or none (${DEFAULT-VALUE}: redrawn in place on a terminal)")
    private Progress.Kind progress;

    Source open(JavaSparkContext spark, CsvSettings csv) {
        return Source.open(spark, train, test, csv, images);
    }

    Session session(JavaSparkContext spark, Source source, Map<String, String> effective, ExchangeSettings exchange) {
        return source.session(spark, results(), effective, progress, exchange, System.out);
    }

    Path results() {
        return new Path(out);
    }

    Console console(PrintStream to) {
        return new Console(progress, to);
    }
}
