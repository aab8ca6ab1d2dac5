package org.sparkautoencoder.exchange;

import org.sparkautoencoder.exchange.EpochRule.Next;

/** Link of workers in the driver's JVM, which share the coordinator's arrays. */
final class LocalLink implements DriverLink {
    private final Coordinator coordinator;
    private final EpochProgress progress;

    LocalLink(Coordinator coordinator, int attempt, int workers) {
        this.coordinator = coordinator;
        this.progress = new EpochProgress(coordinator, attempt, workers);
    }

    @Override
    public boolean begin(int[] shards) {
        return !coordinator.isFinished();
    }

    @Override
    public int epoch() {
        return progress.epoch();
    }

    @Override
    public float[] parameters() {
        return coordinator.state().parameters();
    }

    @Override
    public float[] velocity() {
        return coordinator.state().velocity();
    }

    @Override
    public boolean stopRequested() {
        if (coordinator.stopRequested()) {
            coordinator.finish();
            return true;
        }
        return false;
    }

    @Override
    public void diverged(int step) {
        progress.diverged(step);
    }

    @Override
    public Next endEpoch(EpochReport report, boolean evaluated) {
        progress.add(report);
        return progress.endEpoch(evaluated);
    }

    @Override
    public void close() {}
}
