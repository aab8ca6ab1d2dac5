package org.sparkautoencoder.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Successive halving (Jamieson and Talwalkar, AISTATS 2016): all trials train for a few epochs, the better half for twice as
 * many, and so on, until one trial is left for the last half of the epochs. A rung is decided when all its trials have arrived,
 * and ties go to the earlier trial, so that the result does not depend on timing. Thread-safe.
 */
public final class Halving {
    private static final String PRUNED = "pruned";
    private static final String FORMERLY_PRUNED = "given up"; // in tables of earlier versions

    private final Objective objective;
    private final List<Integer> rungs = new ArrayList<>();
    private final List<Map<Integer, Double>> values = new ArrayList<>();
    private final List<List<Integer>> survivors = new ArrayList<>();
    private final Map<Integer, List<String>> decisions = new HashMap<>();
    private boolean stopped;

    /**
     * @param trials number of trials
     * @param epochs of the trial that is never pruned
     */
    public Halving(Objective objective, int trials, int epochs) {
        this.objective = objective;
        int halvings = 32 - Integer.numberOfLeadingZeros(Math.max(1, trials) - 1);
        for (int h = halvings; h > 0; h--) {
            int rung = h < 31 ? epochs >> h : 0;
            if (rung > 0 && (rungs.isEmpty() || rungs.get(rungs.size() - 1) < rung)) {
                rungs.add(rung);
                values.add(new TreeMap<>());
            }
        }
        List<Integer> all = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            all.add(trial);
        }
        survivors.add(all);
    }

    /** The next rung of a trial after {@code epochs}; the largest int if there is none. */
    public int nextRung(int epochs) {
        return rungs.stream().filter(rung -> rung > epochs).findFirst().orElse(Integer.MAX_VALUE);
    }

    /**
     * Waits until all trials of a rung have arrived.
     *
     * @param epochs of the rung
     * @param value of the objective
     * @return whether this trial continues
     */
    public synchronized boolean compare(int trial, int epochs, Double value) {
        int rung = rungs.indexOf(epochs);
        put(rung, trial, value);
        while (survivors.size() <= rung + 1 && !stopped) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !stopped && survivors.get(rung + 1).contains(trial);
    }

    /**
     * Records a trial that has ended. At the rungs that it did not reach it is compared with this value.
     *
     * @param value of the objective; null if the trial failed, which is worse than any value
     */
    public synchronized void ended(int trial, Double value) {
        for (int rung = 0; rung < rungs.size(); rung++) {
            if (!values.get(rung).containsKey(trial)) {
                put(rung, trial, value);
            }
        }
    }

    /** Records the value of a trial at a rung from an earlier execution of the sweep. */
    public synchronized void restore(int trial, int epochs, Double value) {
        if (rungs.contains(epochs)) {
            put(rungs.indexOf(epochs), trial, value);
        }
    }

    /** Ends all waits; no further trial continues. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** The decisions on a trial, rung by rung; null if there was none. */
    public synchronized String decision(int trial) {
        List<String> ofTrial = decisions.get(trial);
        return ofTrial == null ? null : String.join("; ", ofTrial);
    }

    /** Whether a decision, which may be null, says that the trial was pruned. */
    public static boolean isPruned(String decision) {
        return decision != null && (decision.endsWith(PRUNED) || decision.endsWith(FORMERLY_PRUNED));
    }

    private void put(int rung, int trial, Double value) {
        values.get(rung).put(trial, value);
        while (survivors.size() <= rungs.size() && decide(survivors.size() - 1)) {
            notifyAll();
        }
    }

    private boolean decide(int rung) {
        List<Integer> trials = survivors.get(rung);
        Map<Integer, Double> ofRung = values.get(rung);
        if (!ofRung.keySet().containsAll(trials)) {
            return false;
        }
        List<Integer> ranking = new ArrayList<>(trials);
        ranking.sort(Comparator.comparing((Integer trial) -> ofRung.get(trial), objective.betterFirst())
                .thenComparing(trial -> trial));
        int kept = (trials.size() + 1) / 2;
        for (int rank = 0; rank < ranking.size(); rank++) {
            decisions
                    .computeIfAbsent(ranking.get(rank), trial -> new ArrayList<>())
                    .add(String.format(
                            Locale.ROOT,
                            "epoch %d: %d of %d, %s",
                            rungs.get(rung),
                            rank + 1,
                            ranking.size(),
                            rank < kept ? "continues" : PRUNED));
        }
        survivors.add(ranking.subList(0, kept));
        return true;
    }
}
