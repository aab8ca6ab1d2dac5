package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.report.StudyTables;

/** The report's file. */
final class ReportCommandTest {
    @TempDir
    Path folder;

    @Test
    void write_again_replacesTheFile() throws IOException {
        org.apache.hadoop.fs.Path results =
                new org.apache.hadoop.fs.Path(folder.resolve("results").toUri());
        new StudyTables(results).begun("b1");
        Path file = folder.resolve("new folder/report.html");
        ReportCommand.write(results, new Configuration(), List.of(), List.of(), file);
        Files.writeString(file, "old");
        ReportCommand.write(results, new Configuration(), List.of("b1"), List.of(), file);
        assertThat(file).content().contains("b1").endsWith("</html>\n");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }
}
