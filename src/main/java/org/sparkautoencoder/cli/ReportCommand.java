package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws the page of any runs from their tables alone. */
@Command(
        name = "report",
        description = "Draws one HTML page from the tables of any runs.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true)
final class ReportCommand implements Callable<Integer> {
    @Option(
            names = "--results",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "where the tables are (${DEFAULT-VALUE})")
    private String results;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "run to report on; may be repeated (default: the newest reproduction, else the newest runs "
                    + "and sweeps)")
    private List<String> runs = List.of();

    @Option(
            names = "--sweep",
            paramLabel = "ID",
            description = "sweep to report on, with all its trials; may be repeated")
    private List<String> sweeps = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "HTML page to write, replaced if it exists (default ${DEFAULT-VALUE})")
    private java.nio.file.Path out;

    @Override
    public Integer call() throws IOException {
        requireWritable(out);
        try {
            write(new Path(results), new Configuration(), runs, sweeps, out);
        } catch (NoSuchFileException e) {
            throw new BadInputException(
                    e.getFile() + ": " + (e.getReason() == null ? "no such file" : e.getReason()), e);
        }
        System.out.println("report   " + out);
        return ExitCode.DONE;
    }

    /**
     * Checks, before the work, that a report can be written.
     *
     * @throws BadInputException if not
     */
    static void requireWritable(java.nio.file.Path file) throws IOException {
        AtomicOutput.requireWritableFile(AtomicOutput.local(file), new Configuration());
    }

    /** Writes the report of some runs and sweeps; see {@link Report#of}. A file that exists is replaced. */
    static void write(
            Path results, Configuration conf, List<String> runIds, List<String> sweepIds, java.nio.file.Path file)
            throws IOException {
        byte[] page = Report.of(results, conf, runIds, sweepIds).getBytes(StandardCharsets.UTF_8);
        AtomicOutput.replaceFile(AtomicOutput.local(file), conf, (fs, temporary) -> {
            try (OutputStream out = fs.create(temporary)) {
                out.write(page);
            }
        });
    }
}
