package org.sparkautoencoder.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A run: its settings, what it ran on, how it ended.
 *
 * @param experiment what the run belongs to, the user's word
 * @param model autoencoder, classifier or the like
 * @param status how the run stands
 * @param startTime UTC, cut to microseconds
 * @param endTime UTC, cut to microseconds; null while running
 * @param dataset name or path of the data
 * @param trainRows rows trained on, at least 1
 * @param testRows rows tested on; 0 without a test set
 * @param layers widths from input to output, at least two
 * @param epochs the most epochs asked for, at least 1
 * @param batchSize rows of a minibatch, at least 1
 * @param learningRate at least 0
 * @param momentum 0..1, 1 excluded
 * @param seed what decided everything random
 * @param shards into how many shards a data set and a minibatch are cut, at least 1
 * @param noiseZero share of a row's inputs set to 0, 0..1; null without noise
 * @param noiseOne share of a row's inputs set to 1, 0..1; null without noise
 * @param noiseMode fixed or fresh; null without noise
 * @param workers tasks of the stage, at least 1
 * @param executors JVMs they ran in, at least 1
 * @param blas the BLAS in use
 * @param appVersion this project's version
 * @param gitCommit its commit; null if unknown
 * @param sparkVersion Spark's version
 * @param javaVersion the driver's Java
 * @param master Spark's master
 * @param sparkAppId Spark's application id
 * @param weightsSha256 hex SHA-256 of the final weights; null until there are some
 * @param parentRunId the run whose model this one started from; null if none
 * @param sweepId the sweep this run is a trial of; null if none
 * @param error why it failed; null if it did not
 * @param settings the effective options, a line {@code name=value} each
 * @param trainFingerprint hex fingerprint of the training rows, however they lie in files
 * @param testFingerprint likewise of the test rows; null without a test set
 */
public record RunRow(
        String experiment,
        String model,
        Status status,
        Instant startTime,
        Instant endTime,
        String dataset,
        long trainRows,
        long testRows,
        List<Integer> layers,
        int epochs,
        int batchSize,
        double learningRate,
        double momentum,
        long seed,
        int shards,
        Double noiseZero,
        Double noiseOne,
        String noiseMode,
        int workers,
        int executors,
        String blas,
        String appVersion,
        String gitCommit,
        String sparkVersion,
        String javaVersion,
        String master,
        String sparkAppId,
        String weightsSha256,
        String parentRunId,
        String sweepId,
        String error,
        String settings,
        String trainFingerprint,
        String testFingerprint) {

    public RunRow {
        Checked.given("experiment", experiment);
        Checked.given("model", model);
        Checked.given("status", status);
        Checked.given("start_time", startTime);
        Checked.given("dataset", dataset);
        Checked.given("layers", layers);
        Checked.atLeast("train_rows", trainRows, 1);
        Checked.atLeast("test_rows", testRows, 0);
        Checked.atLeast("the number of layers", layers.size(), 2);
        Checked.atLeast("epochs", epochs, 1);
        Checked.atLeast("batch_size", batchSize, 1);
        Checked.notNegative("learning_rate", learningRate);
        Checked.notNegative("momentum", momentum);
        Checked.atLeast("shards", shards, 1);
        Checked.atLeast("workers", workers, 1);
        Checked.atLeast("executors", executors, 1);
        if (noiseMode != null) {
            Checked.oneOf("noise_mode", noiseMode, List.of("fixed", "fresh"));
        }
        // What parquet holds, so that a row equals what is read back.
        startTime = startTime.truncatedTo(ChronoUnit.MICROS);
        endTime = endTime == null ? null : endTime.truncatedTo(ChronoUnit.MICROS);
        layers = List.copyOf(layers);
    }

    /** The same run, when it is known in how many JVMs its workers are. */
    public RunRow on(int known) {
        return with(status, endTime, known, weightsSha256, error);
    }

    /**
     * The same run at its end.
     *
     * @param weights hex SHA-256 of the final weights; null if there are none
     * @param reason why it failed; null if it did not
     */
    public RunRow ended(Status how, Instant when, String weights, String reason) {
        return with(how, when, executors, weights, reason);
    }

    private RunRow with(Status how, Instant when, int known, String weights, String reason) {
        return new RunRow(
                experiment,
                model,
                how,
                startTime,
                when,
                dataset,
                trainRows,
                testRows,
                layers,
                epochs,
                batchSize,
                learningRate,
                momentum,
                seed,
                shards,
                noiseZero,
                noiseOne,
                noiseMode,
                workers,
                known,
                blas,
                appVersion,
                gitCommit,
                sparkVersion,
                javaVersion,
                master,
                sparkAppId,
                weights,
                parentRunId,
                sweepId,
                reason,
                settings,
                trainFingerprint,
                testFingerprint);
    }
}
