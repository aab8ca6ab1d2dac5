package org.sparkautoencoder.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of one run in one table: {@code <out>/<table>/run_id=<id>/part-NNNNN.parquet}. Files whose names start with a
 * dot or an underscore are ignored, as Spark, pyarrow and DuckDB's {@code *.parquet} do.
 */
record RunFolder(FileSystem fs, Path path) {
    static final String PREFIX = "run_id=";

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,99}");
    private static final Pattern PART = Pattern.compile("part-(\\d{5,9})\\.parquet");

    /** @throws IllegalArgumentException for a run id that is invalid in a path or would be read as a number */
    static RunFolder of(FileSystem fs, Path out, Table<?> table, String runId) {
        checkRunId(runId);
        return new RunFolder(fs, fs.makeQualified(new Path(new Path(out, table.name()), PREFIX + runId)));
    }

    /** Whether a name is a valid run id; other folders are ignored. */
    static boolean isRunId(String name) {
        // Spark infers a column of these values as doubles.
        return RUN_ID.matcher(name).matches() && !name.equals("NaN") && !name.equals("Infinity");
    }

    static void checkRunId(String runId) {
        if (runId == null || !RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException(
                    "a run id is a letter and up to 99 letters, digits, '_', '.' or '-', got '" + runId + "'");
        }
        if (!isRunId(runId)) {
            throw new IllegalArgumentException("a run id must not be the name of a number, got '" + runId + "'");
        }
    }

    boolean exists() throws IOException {
        return fs.exists(path);
    }

    /** The part files in the order of writing; empty if the folder does not exist. */
    List<Path> parts() throws IOException {
        FileStatus[] files;
        try {
            files = fs.listStatus(path);
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return Arrays.stream(files)
                .filter(FileStatus::isFile)
                .map(FileStatus::getPath)
                .filter(file -> file.getName().endsWith(".parquet"))
                .filter(file ->
                        !file.getName().startsWith(".") && !file.getName().startsWith("_"))
                .sorted(Comparator.comparingInt(RunFolder::number).thenComparing(Path::getName))
                .toList();
    }

    Path part(int number) {
        return new Path(path, String.format(Locale.ROOT, "part-%05d.parquet", number));
    }

    /** The highest part number plus one. */
    int nextPart() throws IOException {
        return parts().stream().mapToInt(RunFolder::number).max().orElse(-1) + 1;
    }

    /** Where a part is written first: outside of all tables, whose folders hold whole parts only. */
    static Path temporary(Path part) {
        Path run = part.getParent();
        Path table = run.getParent();
        return new Path(table.getParent(), ".writing/" + table.getName() + "-" + run.getName() + "-" + part.getName());
    }

    private static int number(Path part) {
        Matcher matcher = PART.matcher(part.getName());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
