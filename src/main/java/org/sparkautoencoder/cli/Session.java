package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.LoadedDigits;
import org.sparkautoencoder.exchange.ExchangeSettings;

/**
 * What all runs of a command share.
 *
 * @param spark where they run
 * @param paths the data's names
 * @param train rows to train on
 * @param test rows to test on; null for none
 * @param pictures how rows form pictures
 * @param results the folder of tables and models
 * @param effective all options with the values that are in force
 * @param progress how progress is shown
 * @param exchange how workers meet
 * @param out where results are printed
 */
record Session(
        JavaSparkContext spark,
        DataPaths paths,
        LoadedDigits train,
        LoadedDigits test,
        Pictures pictures,
        Path results,
        Map<String, String> effective,
        Progress.Kind progress,
        ExchangeSettings exchange,
        PrintStream out) {

    /** The same with other options in force. */
    Session with(Map<String, String> others) {
        return new Session(spark, paths, train, test, pictures, results, others, progress, exchange, out);
    }

    long testRows() {
        return test == null ? 0 : test.rows();
    }

    /** Where the model of a run goes. */
    Path model(String runId) {
        return new Path(new Path(results, "models"), runId);
    }
}
