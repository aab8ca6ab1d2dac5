package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.sparkautoencoder.training.Outcome;

/**
 * Several runs at once, as parallel jobs. They are started in waves, as many as there are slots, and the runs of a wave
 * share out the slots: so every barrier stage finds the slots that it needs, and none waits half-started for another.
 */
final class SideBySide {
    private final int slots;
    private volatile boolean stopped;
    private volatile List<Run> running = List.of();

    SideBySide(int slots) {
        this.slots = slots;
    }

    /**
     * Runs all; how each ended. After {@link #requestStop} none is begun.
     *
     * @param runs each makes its run for a number of workers
     */
    List<Outcome> execute(List<IntFunction<Run>> runs) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        int next = 0;
        while (next < runs.size() && !stopped) {
            int wave = Math.min(slots, runs.size() - next);
            List<Run> begun = new ArrayList<>();
            for (int i = 0; i < wave; i++) {
                begun.add(runs.get(next + i).apply(slots / wave));
            }
            outcomes.addAll(wave(begun));
            next += wave;
        }
        return outcomes;
    }

    /** Ends the runs that go on, in order. */
    void requestStop() {
        stopped = true;
        running.forEach(Run::requestStop);
    }

    private List<Outcome> wave(List<Run> runs) throws IOException {
        running = runs;
        if (stopped) {
            requestStop();
        }
        ExecutorService threads = Executors.newFixedThreadPool(runs.size());
        try {
            List<Future<Outcome>> futures = new ArrayList<>();
            for (Run run : runs) {
                futures.add(threads.submit(run::execute));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            requestStop();
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            threads.shutdown();
        }
    }
}
