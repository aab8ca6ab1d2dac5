package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;

/**
 * The runs that a page is of, where nobody named them.
 *
 * @param remark what was left out; null if nothing was
 */
record Choice(List<String> runIds, String remark) {
    private static final String REPRODUCTION = "reproduce";
    private static final Set<Status> DONE = Set.of(Status.FINISHED, Status.STOPPED_EARLY);
    private static final int MOST = 12;

    static Choice of(Map<String, RunRow> rows) {
        List<String> newestFirst = new ArrayList<>(rows.keySet());
        newestFirst.sort(
                Comparator.comparing((String id) -> rows.get(id).startTime()).reversed());
        for (String id : newestFirst) {
            RunRow row = rows.get(id);
            if (row.experiment().equals(REPRODUCTION) && row.sweepId() != null) {
                List<String> together = rows.keySet().stream()
                        .filter(other -> Objects.equals(rows.get(other).sweepId(), row.sweepId()))
                        .toList();
                if (isComplete(together.stream().map(rows::get).toList())) {
                    int left = rows.size() - together.size();
                    return new Choice(
                            together,
                            "Reproduction " + row.sweepId() + ", the newest that is complete"
                                    + (left == 0 ? "." : "; " + left + " other runs in the folder are not shown."));
                }
            }
        }
        if (newestFirst.size() <= MOST) {
            return new Choice(newestFirst, null);
        }
        return new Choice(
                newestFirst.subList(0, MOST),
                "The newest " + MOST + " runs of " + newestFirst.size() + " in the folder.");
    }

    // Both autoencoders and both classifiers; a rate of the grid may diverge.
    private static boolean isComplete(List<RunRow> rows) {
        Map<String, Long> done = rows.stream()
                .filter(row -> DONE.contains(row.status()))
                .collect(Collectors.groupingBy(RunRow::model, Collectors.counting()));
        return done.getOrDefault("denoising", 0L) >= 1
                && done.getOrDefault("autoencoder", 0L) >= 1
                && done.getOrDefault("classifier", 0L) >= 2
                && rows.stream().noneMatch(row -> row.status() == Status.RUNNING);
    }
}
