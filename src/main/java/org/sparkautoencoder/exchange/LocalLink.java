package org.sparkautoencoder.exchange;

import org.sparkautoencoder.exchange.EpochRule.Next;

/** In the driver's own JVM: the workers share the coordinator's arrays. */
final class LocalLink implements DriverLink {
    private final Coordinator coordinator;
    private final EpochProgress progress;

    LocalLink(Coordinator coordinator, int attempt, int workers) {
        this.coordinator = coordinator;
        this.progress = new EpochProgress(coordinator, attempt, workers);
    }

    @Override
    public boolean begin(int[] shards) {
        return !coordinator.isOver();
    }

    @Override
    public int epoch() {
        return progress.epoch();
    }

    @Override
    public float[] parameters() {
        return coordinator.liveParameters();
    }

    @Override
    public float[] velocity() {
        return coordinator.liveVelocity();
    }

    @Override
    public boolean stopRequested() {
        if (coordinator.stopRequested()) {
            coordinator.end();
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
        return progress.epochEnd(evaluated);
    }

    @Override
    public void close() {}
}
