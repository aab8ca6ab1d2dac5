package org.sparkautoencoder.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;

/** The program in this JVM, with a Spark of its own for each call, and what it left. */
final class Program {
    /** Exit code and standard output of a call. */
    record Outcome(int exitCode, String out) {}

    private Program() {}

    static Outcome run(String master, String... arguments) {
        System.setProperty("spark.master", master);
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.host", "127.0.0.1");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            int code = Main.run(arguments);
            return new Outcome(code, bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
            for (String name : List.of("master", "ui.enabled", "driver.host", "driver.bindAddress")) {
                System.clearProperty("spark." + name);
            }
        }
    }

    static <R extends Record> List<R> rows(Table<R> table, Path out, String runId) throws IOException {
        return new TableReader(new org.apache.hadoop.fs.Path(out.toUri()), new Configuration()).rows(table, runId);
    }

    /** A CSV of {@code rows} rows of 36 pixels and a label, the same for the same seed. */
    static Path csv(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 36; i++) {
            text.append(i).append(',');
        }
        text.append("label\n");
        for (int row = 0; row < rows; row++) {
            int label = row % 10;
            for (int i = 0; i < 36; i++) {
                text.append(String.format(
                                Locale.ROOT,
                                "%.3f",
                                (i * (label + 2)) % 13 < 6
                                        ? 0.8 + 0.2 * random.nextDouble()
                                        : 0.1 * random.nextDouble()))
                        .append(',');
            }
            text.append(label).append('\n');
        }
        return Files.writeString(file, text);
    }
}
