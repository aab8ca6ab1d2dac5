package org.sparkautoencoder.runs;

import org.sparkautoencoder.training.TrainingSettings;

/**
 * A run, for those who are told of it.
 *
 * @param runId its id
 * @param title what it is in its sweep or study; null for a run of its own
 * @param model denoising, autoencoder or classifier
 * @param settings of its training
 * @param dataset name or path of its rows
 * @param trainRows rows to train on
 * @param testRows rows to test on; 0 without a test set
 * @param workers tasks of its stage
 */
public record RunInfo(
        String runId,
        String title,
        String model,
        TrainingSettings settings,
        String dataset,
        long trainRows,
        long testRows,
        int workers) {}
