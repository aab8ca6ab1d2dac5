package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.results.TableReader.DamagedFileException;
import org.sparkautoencoder.results.TrialRow;
import org.sparkautoencoder.sweep.Objective;

/** Runs, and the trials of each sweep, on the console, the newest first. */
final class RunList {
    private static final Logger LOG = LoggerFactory.getLogger(RunList.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final TableReader reader;
    private final PrintStream out;

    RunList(TableReader reader, PrintStream out) {
        this.reader = reader;
        this.out = out;
    }

    void print() throws IOException {
        Map<String, RunRow> runs = new HashMap<>();
        for (String id : reader.runIds()) {
            List<RunRow> rows = readable(() -> reader.run(id));
            if (!rows.isEmpty()) {
                runs.put(id, rows.get(0));
            }
        }
        if (runs.isEmpty()) {
            out.println("no runs");
        } else {
            runs(runs);
        }
        sweeps(runs);
    }

    private void runs(Map<String, RunRow> runs) throws IOException {
        List<String> ids = new ArrayList<>(runs.keySet());
        ids.sort(Comparator.comparing((String id) -> runs.get(id).state().startTime())
                .reversed()
                .thenComparing(id -> id));
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "started (UTC)", "run", "model", "rate", "status", "epochs", "train error", "test error", "took", ""));
        for (String id : ids) {
            RunRow run = runs.get(id);
            EpochRow last = null;
            Double testError = null;
            for (EpochRow epoch : readable(() -> reader.rows(Table.EPOCHS, id))) {
                last = epoch;
                testError = epoch.errors().testError() == null
                        ? testError
                        : epoch.errors().testError();
            }
            lines.add(Arrays.asList(
                    TIME.format(run.state().startTime()),
                    id,
                    run.model(),
                    rate(run),
                    run.state().status().text().replace('_', ' '),
                    last == null ? "0" : Integer.toString(last.epoch() + 1),
                    TextTable.number("%.5f", last == null ? null : last.errors().trainError()),
                    TextTable.number("%.5f", testError),
                    took(run),
                    run.error() == null ? "" : run.error()));
        }
        TextTable.print(lines, out);
    }

    private void sweeps(Map<String, RunRow> runs) throws IOException {
        Map<String, List<TrialRow>> sweeps = new HashMap<>();
        for (String id : reader.runIds(Table.TRIALS)) {
            sweeps.put(id, readable(() -> reader.trials(id)));
        }
        Comparator<String> oldestFirst = Comparator.comparing((String id) -> begin(sweeps.get(id), runs));
        List<String> ids = new ArrayList<>(sweeps.keySet());
        ids.sort(oldestFirst.reversed().thenComparing(id -> id));
        for (String id : ids) {
            List<TrialRow> rows = sweeps.get(id);
            if (!rows.isEmpty()) {
                Objective objective = Objective.of(rows.get(0).comparison().objective());
                out.println();
                out.println("sweep " + id + ", the best by " + objective + " first");
                new TrialList(out).print(objective, rows);
            }
        }
    }

    private interface Reading<R> {
        List<R> read() throws IOException;
    }

    // One damaged file does not hide the other runs.
    private static <R> List<R> readable(Reading<R> reading) throws IOException {
        try {
            return reading.read();
        } catch (DamagedFileException e) {
            LOG.warn("left out: {}", e.getMessage());
            return List.of();
        }
    }

    private static Instant begin(List<TrialRow> trials, Map<String, RunRow> runs) {
        return trials.stream()
                .map(trial -> runs.get(trial.trialRunId()))
                .filter(Objects::nonNull)
                .map(run -> run.state().startTime())
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    // Older runs have the float that the training computed with.
    private static String rate(RunRow run) {
        double rate = run.training().learningRate();
        return Options.text(rate == (float) rate ? Double.parseDouble(Float.toString((float) rate)) : rate);
    }

    private static String took(RunRow run) {
        return run.state().endTime() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.1f s",
                        Duration.between(run.state().startTime(), run.state().endTime())
                                        .toMillis()
                                / 1e3);
    }
}
