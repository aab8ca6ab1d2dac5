package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;

/**
 * The runs and sweeps of a page for which the user named none.
 *
 * @param runIds the runs, including the trials of the sweeps
 * @param sweepIds the sweeps, newest first
 * @param remark what was left out; null if nothing was
 */
record RunSelection(List<String> runIds, List<String> sweepIds, String remark) {
    private static final String REPRODUCTION = "reproduce";
    private static final Set<Status> DONE = Set.of(Status.FINISHED, Status.STOPPED_EARLY);
    private static final String SWEEP = "sweep";
    private static final int MAX_RUNS = 12;
    private static final int MAX_SWEEPS = 3;

    static RunSelection of(Map<String, RunRow> rows) {
        List<String> newestFirst = new ArrayList<>(rows.keySet());
        newestFirst.sort(
                Comparator.comparing((String id) -> rows.get(id).state().startTime())
                        .reversed());
        for (String id : newestFirst) {
            RunRow row = rows.get(id);
            if (row.experiment().equals(REPRODUCTION) && row.origin().sweepId() != null) {
                List<String> reproduction = rows.keySet().stream()
                        .filter(other -> Objects.equals(
                                rows.get(other).origin().sweepId(), row.origin().sweepId()))
                        .toList();
                if (isComplete(reproduction.stream().map(rows::get).toList())) {
                    int others = rows.size() - reproduction.size();
                    return new RunSelection(
                            reproduction,
                            List.of(row.origin().sweepId()),
                            "Reproduction " + row.origin().sweepId() + ", the newest that is complete"
                                    + (others == 0 ? "." : "; " + others + " other runs in the folder are not shown."));
                }
            }
        }
        // Trials are shown within their sweep only.
        Predicate<String> isTrial = id ->
                rows.get(id).experiment().equals(SWEEP) && rows.get(id).origin().sweepId() != null;
        List<String> alone = newestFirst.stream().filter(isTrial.negate()).toList();
        List<String> sweeps = newestFirst.stream()
                .filter(isTrial)
                .map(id -> rows.get(id).origin().sweepId())
                .distinct()
                .toList();
        List<String> shown = new ArrayList<>(alone.subList(0, Math.min(MAX_RUNS, alone.size())));
        List<String> shownSweeps = sweeps.subList(0, Math.min(MAX_SWEEPS, sweeps.size()));
        newestFirst.stream()
                .filter(isTrial)
                .filter(id -> shownSweeps.contains(rows.get(id).origin().sweepId()))
                .forEach(shown::add);
        String remark = null;
        if (alone.size() > MAX_RUNS || sweeps.size() > MAX_SWEEPS) {
            remark = "The newest " + Math.min(MAX_RUNS, alone.size()) + " runs of " + alone.size() + " in the folder"
                    + (sweeps.isEmpty() ? "." : ", and " + shownSweeps.size() + " sweeps of " + sweeps.size() + ".");
        }
        return new RunSelection(shown, shownSweeps, remark);
    }

    // Both autoencoders and both classifiers; a rate of the grid may diverge.
    private static boolean isComplete(List<RunRow> rows) {
        Map<String, Long> done = rows.stream()
                .filter(row -> DONE.contains(row.state().status()))
                .collect(Collectors.groupingBy(RunRow::model, Collectors.counting()));
        return done.getOrDefault("denoising", 0L) >= 1
                && done.getOrDefault("autoencoder", 0L) >= 1
                && done.getOrDefault("classifier", 0L) >= 2
                && rows.stream().noneMatch(row -> row.state().status() == Status.RUNNING);
    }
}
