package org.sparkautoencoder.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Successive halving: all trials train for a few epochs, the better half of them for twice as many, and so on; one is left
 * for the last half of the epochs (Jamieson and Talwalkar, AISTATS 2016). At each rung every trial that has come so far is
 * waited for, and of equals the earlier in the grid is the better, so that time decides nothing. Any thread.
 */
public final class Halving {
    private static final String GIVEN_UP = "given up";

    private final Objective objective;
    private final List<Integer> rungs = new ArrayList<>();
    private final List<Map<Integer, Double>> values = new ArrayList<>();
    private final List<List<Integer>> survivors = new ArrayList<>();
    private final Map<Integer, List<String>> decisions = new HashMap<>();
    private boolean stopped;

    /**
     * @param trials how many there are
     * @param epochs how many the last one trains
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

    /** How many epochs a trial with {@code epochs} of them trains before it is next compared; the greatest for no end. */
    public int next(int epochs) {
        return rungs.stream().filter(rung -> rung > epochs).findFirst().orElse(Integer.MAX_VALUE);
    }

    /**
     * Waits until all that are to be compared after so many epochs are there; whether this one goes on.
     *
     * @param value of the objective
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
     * Says that a trial has ended by itself. It is compared as it is at the rungs that it did not come to.
     *
     * @param value of the objective; null for one that failed, which all others beat
     */
    public synchronized void ended(int trial, Double value) {
        for (int rung = 0; rung < rungs.size(); rung++) {
            if (!values.get(rung).containsKey(trial)) {
                put(rung, trial, value);
            }
        }
    }

    /** Says what the value of a trial was after so many epochs, when it was trained earlier. */
    public synchronized void known(int trial, int epochs, Double value) {
        if (rungs.contains(epochs)) {
            put(rungs.indexOf(epochs), trial, value);
        }
    }

    /** Lets all go that wait. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** What was decided of a trial, rung by rung; null if nothing was. */
    public synchronized String decision(int trial) {
        List<String> all = decisions.get(trial);
        return all == null ? null : String.join("; ", all);
    }

    /** Whether a decision, null for none, ends with giving the trial up. */
    public static boolean isGivenUp(String decision) {
        return decision != null && decision.endsWith(GIVEN_UP);
    }

    private void put(int rung, int trial, Double value) {
        values.get(rung).put(trial, value);
        while (survivors.size() <= rungs.size() && decide(survivors.size() - 1)) {
            notifyAll();
        }
    }

    private boolean decide(int rung) {
        List<Integer> left = survivors.get(rung);
        Map<Integer, Double> there = values.get(rung);
        if (!there.keySet().containsAll(left)) {
            return false;
        }
        List<Integer> best = new ArrayList<>(left);
        best.sort(Comparator.comparing((Integer trial) -> there.get(trial), objective.betterFirst())
                .thenComparing(trial -> trial));
        int goOn = (left.size() + 1) / 2;
        for (int rank = 0; rank < best.size(); rank++) {
            decisions
                    .computeIfAbsent(best.get(rank), trial -> new ArrayList<>())
                    .add(String.format(
                            Locale.ROOT,
                            "epoch %d: %d of %d, %s",
                            rungs.get(rung),
                            rank + 1,
                            best.size(),
                            rank < goOn ? "goes on" : GIVEN_UP));
        }
        survivors.add(best.subList(0, goOn));
        return true;
    }
}
