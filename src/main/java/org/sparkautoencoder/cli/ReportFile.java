package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.report.Report;

/** The report as a file on the driver's disk. */
final class ReportFile {
    private ReportFile() {}

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
