package org.sparkautoencoder.training;

/** Is told of a training's progress, in the driver's thread. */
public interface TrainingListener {
    void epoch(Epoch epoch);

    /** Called several times a second while nothing is new. */
    default void waiting() {}
}
