package org.sparkautoencoder.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.kernel.Pass;

/**
 * What the workers of one attempt in one JVM share. A worker writes the entries of its own shards before the barrier; all
 * read all entries after it; the decisions are made by the last worker to arrive.
 */
final class Meeting {
    private final SpinBarrier barrier;
    private final Decisions decisions;
    private final AtomicInteger present = new AtomicInteger();
    private final Pass[] passes;
    private final Runnable decideStep = this::decideStep;
    private final Runnable decideTrained = this::decideTrained;
    private final Runnable decideEvaluated = this::decideEvaluated;
    private boolean goOn;
    private Next next = Next.CONTINUE;

    Meeting(Coordinator coordinator, int attempt, int workers, long limitNanos) {
        this.decisions = new Decisions(coordinator, attempt, workers);
        this.barrier = new SpinBarrier(workers, limitNanos);
        this.passes = new Pass[coordinator.shards()];
    }

    int attempt() {
        return decisions.attempt();
    }

    SpinBarrier barrier() {
        return barrier;
    }

    Decisions decisions() {
        return decisions;
    }

    Pass[] passes() {
        return passes;
    }

    void enter() {
        present.incrementAndGet();
    }

    void leave() {
        present.decrementAndGet();
    }

    boolean isEmpty() {
        return present.get() == 0;
    }

    /** Waits until the losses and factors of all shards are there; whether the update is to be made. */
    boolean meetForStep() {
        barrier.await(decideStep);
        return goOn;
    }

    /** Waits until the sums of all shards are there. */
    Next meetForEpoch(boolean evaluated) {
        barrier.await(evaluated ? decideEvaluated : decideTrained);
        return next;
    }

    private void decideStep() {
        goOn = decisions.step();
    }

    private void decideTrained() {
        next = decisions.epochEnd(false);
    }

    private void decideEvaluated() {
        next = decisions.epochEnd(true);
    }
}
