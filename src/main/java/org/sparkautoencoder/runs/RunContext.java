package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.results.Heartbeat;
import org.sparkautoencoder.training.CheckpointSettings;

/**
 * What all runs of an experiment share.
 *
 * @param spark where they run
 * @param data the rows
 * @param results the folder of tables and models
 * @param checkpoints when and where checkpoints are written
 * @param settings all settings in force, by the name of their option
 * @param exchange how workers synchronise
 * @param listener is told how the runs proceed
 * @param cancellation whether the user has asked for the end
 */
public record RunContext(
        JavaSparkContext spark,
        LoadedData data,
        Path results,
        CheckpointSettings checkpoints,
        Map<String, String> settings,
        ExchangeSettings exchange,
        RunListener listener,
        Cancellation cancellation) {

    /** The same with other settings in force. */
    RunContext with(Map<String, String> others) {
        return new RunContext(spark, data, results, checkpoints, others, exchange, listener, cancellation);
    }

    /**
     * Takes a run or a sweep for this process.
     *
     * @throws InvalidSettingsException for an invalid id
     * @throws BadInputException if another process is working on it
     */
    public Heartbeat begin(String id) throws IOException {
        try {
            return Heartbeat.begin(results, spark.hadoopConfiguration(), id);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    /** Where the model of a run goes. */
    public Path model(String runId) {
        return new Path(new Path(results, "models"), runId);
    }
}
