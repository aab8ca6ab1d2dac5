package org.sparkautoencoder.exchange;

/**
 * The parameters and the velocity of a training in the driver, and a snapshot of both after the last whole epoch. The live
 * arrays are written by workers, each its own slice between two barriers, or by the run's thread, so without a lock; the
 * snapshot is written by the last worker at an epoch's end, or while there is no worker.
 */
final class TrainingState {
    private final float[] parameters;
    private final float[] velocity;
    private final float[] snapshotParameters;
    private final float[] snapshotVelocity;
    private volatile int epochs;

    /** @param initialParameters copied */
    TrainingState(float[] initialParameters) {
        parameters = initialParameters.clone();
        velocity = new float[parameters.length];
        snapshotParameters = initialParameters.clone();
        snapshotVelocity = new float[parameters.length];
    }

    /** The live parameters. */
    float[] parameters() {
        return parameters;
    }

    /** The live velocity. */
    float[] velocity() {
        return velocity;
    }

    /** The number of whole epochs that the snapshot has. */
    int epochs() {
        return epochs;
    }

    /** A copy of the snapshot's parameters. */
    float[] snapshot() {
        return snapshotParameters.clone();
    }

    /** Makes the live arrays the snapshot after {@code epochsDone} epochs. */
    void takeSnapshot(int epochsDone) {
        System.arraycopy(parameters, 0, snapshotParameters, 0, parameters.length);
        System.arraycopy(velocity, 0, snapshotVelocity, 0, velocity.length);
        epochs = epochsDone;
    }

    /** Makes the snapshot the live arrays. */
    void restoreSnapshot() {
        System.arraycopy(snapshotParameters, 0, parameters, 0, parameters.length);
        System.arraycopy(snapshotVelocity, 0, velocity, 0, velocity.length);
    }
}
