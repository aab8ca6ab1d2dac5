package org.sparkautoencoder.runs;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.sparkautoencoder.sweep.Objective;

/**
 * How a sweep is made.
 *
 * @param id the sweep's
 * @param experiment what its runs belong to, the user's word
 * @param objective what tells a better trial from a worse one
 * @param keep which models stay
 * @param halving whether trials are pruned by successive halving
 * @param workers how many tasks the i-th of n trials to be made is given
 * @param names the run id of each trial by its number
 * @param isVaried whether a setting, by the name of its option, is one that trials may vary
 */
public record SweepSettings(
        String id,
        String experiment,
        Objective objective,
        ModelRetention.Keep keep,
        boolean halving,
        IntBinaryOperator workers,
        IntFunction<String> names,
        Predicate<String> isVaried) {

    /** The run ids of trials of a sweep of this id. */
    public static IntFunction<String> numbered(String id) {
        return trial -> String.format(Locale.ROOT, "%s-t%03d", id, trial);
    }

    /** A trial's run id: its name, with a number where an earlier start of the sweep has left a run of that name. */
    String runId(int trial, Set<String> taken) {
        String name = names.apply(trial);
        String runId = name;
        for (int start = 2; taken.contains(runId); start++) {
            runId = name + "-" + start;
        }
        return runId;
    }
}
