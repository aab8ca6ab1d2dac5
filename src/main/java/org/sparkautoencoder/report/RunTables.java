package org.sparkautoencoder.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.RunRow;

/** Tables of the runs with their settings and commands. */
final class RunTables {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private static final Set<String> COMMANDS = Set.of("train", "reproduce");
    private static final Set<String> OUTPUT_OPTIONS = Set.of(
            "out",
            "run-id",
            "id",
            "report",
            "progress",
            "resume",
            "checkpoint",
            "checkpoint-every",
            "checkpoint-minutes",
            "keep-checkpoints");

    private RunTables() {}

    static String time(Instant time) {
        return time == null ? "–" : TIME.format(time);
    }

    /** A table row for each run. */
    static Html overview(List<Run> runs) {
        Html rows = new Html();
        for (Run run : runs) {
            rows.add(
                    "<tr><th scope=row><a href=\"#run-{}\">{}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
                            + "<td>{}</td><td>{}</td><td>{}</td></tr>",
                    run.id(),
                    run.id(),
                    run.row().model(),
                    Numbers.setting(run.row().training().learningRate()),
                    run.row().state().status().text().replace('_', ' '),
                    run.epochs().size(),
                    Numbers.error(run.finalTrainError()),
                    Numbers.error(run.finalTestError()),
                    Numbers.seconds(run.seconds()));
        }
        return Html.of(
                "<div class=scroll tabindex=0 role=region aria-label=\"Runs\"><table><thead><tr><th scope=col>run</th>"
                        + "<th scope=col>model</th><th scope=col>rate</th><th scope=col>status</th>"
                        + "<th scope=col>epochs</th><th scope=col>train error</th><th scope=col>test error</th>"
                        + "<th scope=col>took</th></tr></thead><tbody>{}</tbody></table></div>",
                rows);
    }

    /** All settings and facts of a run. */
    static Html details(Run run) {
        Html list = new Html();
        facts(run).forEach((name, value) -> list.add("<dt>{}</dt><dd>{}</dd>", name, value));
        Html settings = new Html();
        if (run.row().settings() != null) {
            settings.add(
                    "<h4>Settings</h4><pre tabindex=0>{}</pre>",
                    run.row().settings().strip());
            String command = command(run.row());
            if (command != null) {
                settings.add("<h4>To run it again</h4><pre tabindex=0>{}</pre>", command);
            }
        }
        return Html.of(
                "<details class=run id=\"run-{}\"><summary>{}</summary><dl>{}</dl>{}</details>",
                run.id(),
                run.id() + ": " + run.row().model() + ", "
                        + run.row().state().status().text().replace('_', ' '),
                list,
                settings);
    }

    /** The command that repeats a run, without its output options; null if the command is unknown. */
    private static String command(RunRow row) {
        if (!COMMANDS.contains(row.experiment())) {
            return null;
        }
        List<String> words = new ArrayList<>();
        words.add("./submit.sh --master " + quoted(row.platform().master()) + " " + row.experiment());
        for (String line : row.settings().strip().split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0 && !OUTPUT_OPTIONS.contains(line.substring(0, equals))) {
                words.add("--" + line.substring(0, equals) + "=" + quoted(line.substring(equals + 1)));
            }
        }
        return String.join(" \\\n  ", words);
    }

    /** Quotes a word for a shell. */
    private static String quoted(String word) {
        return word.matches("[\\w./:,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static Map<String, String> facts(Run run) {
        RunRow row = run.row();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("Experiment", row.experiment());
        facts.put("Error", row.error());
        facts.put("Data", row.data().dataset());
        facts.put(
                "Rows",
                Numbers.count(row.data().trainRows()) + " train, "
                        + Numbers.count(row.data().testRows()) + " test");
        facts.put("Fingerprint of the train rows", row.fingerprints().trainFingerprint());
        facts.put("Fingerprint of the test rows", row.fingerprints().testFingerprint());
        facts.put(
                "Layers", row.training().layers().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        facts.put(
                "Epochs", run.epochs().size() + " of at most " + row.training().epochs());
        facts.put(
                "Batch",
                row.training().batchSize() + " rows in " + row.training().shards() + " shards");
        facts.put("Learning rate", Numbers.setting(row.training().learningRate()));
        facts.put("Momentum", Numbers.setting(row.training().momentum()));
        facts.put("Seed", row.training().seed());
        facts.put(
                "Noise",
                row.training().noise().noiseMode() == null
                        ? null
                        : row.training().noise().noiseMode() + ", "
                                + percent(row.training().noise().noiseZero()) + " to 0, "
                                + percent(row.training().noise().noiseOne()) + " to 1");
        facts.put("Encoder from run", row.origin().parentRunId());
        facts.put("Reproduction or sweep", row.origin().sweepId());
        facts.put("SHA-256 of the weights", row.weightsSha256());
        facts.put("Started", time(row.state().startTime()));
        facts.put(
                "Ended", row.state().endTime() == null ? null : time(row.state().endTime()));
        facts.put("Took", Numbers.seconds(run.seconds()));
        facts.put("Of that in epochs", epochTimes(run));
        facts.put("Workers", row.platform().workers() + " in " + row.platform().executors() + " JVMs");
        facts.put("BLAS", row.platform().blas());
        facts.put(
                "spark-autoencoder",
                row.platform().versions().appVersion()
                        + (row.platform().versions().gitCommit() == null
                                ? ""
                                : ", commit " + row.platform().versions().gitCommit()));
        facts.put("Spark", row.platform().versions().sparkVersion());
        facts.put("Java", row.platform().versions().javaVersion());
        facts.put("Master", row.platform().master());
        facts.put("Spark application", row.platform().sparkAppId());
        Map<String, String> known = new LinkedHashMap<>();
        facts.forEach((name, value) -> {
            if (value != null) {
                known.put(name, value.toString());
            }
        });
        return known;
    }

    private static String percent(Double fraction) {
        return fraction == null ? "nothing" : Numbers.percent(fraction);
    }

    private static String epochTimes(Run run) {
        double seconds = run.epochs().stream()
                .mapToDouble(epoch -> epoch.duration().seconds())
                .sum();
        StringBuilder times = new StringBuilder(Numbers.seconds(seconds));
        Map<String, Function<EpochRow, Double>> parts = new LinkedHashMap<>();
        parts.put("computing", epoch -> epoch.times().computeSeconds());
        parts.put("copying", epoch -> epoch.times().copySeconds());
        parts.put("network", epoch -> epoch.times().wireSeconds());
        parts.put("waiting", epoch -> epoch.times().waitSeconds());
        parts.forEach((name, part) -> {
            List<Double> measured =
                    run.epochs().stream().map(part).filter(Objects::nonNull).toList();
            if (!measured.isEmpty()) {
                times.append(", ")
                        .append(name)
                        .append(' ')
                        .append(Numbers.seconds(measured.stream()
                                .mapToDouble(Double::doubleValue)
                                .sum()));
            }
        });
        return times.toString();
    }
}
