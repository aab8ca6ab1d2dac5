package org.sparkautoencoder.training;

/** Is called in the driver's thread as a training proceeds. */
public interface TrainingListener {
    void epoch(Epoch epoch);

    /** Called several times a second between epochs. */
    default void waiting() {}

    /** Called at a pause, before it is decided whether the training continues, which can take long. */
    default void paused() {}
}
