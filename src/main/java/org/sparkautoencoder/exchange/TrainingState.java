package org.sparkautoencoder.exchange;

import org.sparkautoencoder.kernel.Snapshot;

/**
 * The parameters and the velocity of a training in the driver, and a snapshot of both after the last whole epoch. The live
 * arrays are written by workers, each its own slice between two barriers, or by the run's thread, so without a lock; the
 * snapshot is written by the last worker at an epoch's end, and copied by any thread.
 */
final class TrainingState {
    private final float[] parameters;
    private final float[] velocity;
    private volatile Snapshot snapshot; // its arrays are always the same

    /** @param start copied */
    TrainingState(Snapshot start) {
        parameters = start.parameters().clone();
        velocity = start.velocity().clone();
        snapshot = start.copy();
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
        return snapshot.epochs();
    }

    /** The snapshot, not copied: for the thread that takes it. */
    Snapshot snapshot() {
        return snapshot;
    }

    /** A copy of the snapshot. */
    synchronized Snapshot copyOfSnapshot() {
        return snapshot.copy();
    }

    /** Makes the live arrays the snapshot after {@code epochsDone} epochs. */
    synchronized void takeSnapshot(int epochsDone) {
        System.arraycopy(parameters, 0, snapshot.parameters(), 0, parameters.length);
        System.arraycopy(velocity, 0, snapshot.velocity(), 0, velocity.length);
        snapshot = new Snapshot(epochsDone, snapshot.parameters(), snapshot.velocity());
    }

    /** Makes the snapshot the live arrays. */
    void restoreSnapshot() {
        System.arraycopy(snapshot.parameters(), 0, parameters, 0, parameters.length);
        System.arraycopy(snapshot.velocity(), 0, velocity, 0, velocity.length);
    }
}
