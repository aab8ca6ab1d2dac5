package org.sparkautoencoder.runs;

import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.exchange.ExchangeSettings;

/**
 * What all runs of an experiment share.
 *
 * @param spark where they run
 * @param data the rows
 * @param results the folder of tables and models
 * @param settings all settings in force, by the name of their option
 * @param exchange how workers synchronise
 * @param listener is told how the runs proceed
 * @param cancellation whether the user has asked for the end
 */
public record RunContext(
        JavaSparkContext spark,
        LoadedData data,
        Path results,
        Map<String, String> settings,
        ExchangeSettings exchange,
        RunListener listener,
        Cancellation cancellation) {

    /** The same with other settings in force. */
    RunContext with(Map<String, String> others) {
        return new RunContext(spark, data, results, others, exchange, listener, cancellation);
    }

    /** Where the model of a run goes. */
    public Path model(String runId) {
        return new Path(new Path(results, "models"), runId);
    }
}
