package org.sparkautoencoder.training;

import org.sparkautoencoder.kernel.Layers;

/**
 * A training that ended.
 *
 * @param epochs number of completed epochs
 * @param parameters those after the last complete epoch; laid out as {@link Layers} says
 * @param workers tasks of its stage
 * @param executors JVMs that they ran in
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the trainer to the model file, never compared
public record TrainingResult(TrainingOutcome outcome, int epochs, float[] parameters, int workers, int executors) {}
