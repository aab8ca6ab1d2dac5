package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.Documents;

/** pandas and Polars read the tables as the documents say, where python3 has them; elsewhere skipped with a message. */
final class PythonTest {
    @TempDir
    private Path folder;

    static Iterable<String> programs() throws IOException {
        return Documents.blocks("python");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_inTheDocuments_runs(String program) throws Exception {
        SomeRows.write(new org.apache.hadoop.fs.Path(folder.resolve("results").toUri()), "b1");
        SomeRows.write(new org.apache.hadoop.fs.Path(folder.resolve("results").toUri()), "b2");
        ProcessBuilder python = new ProcessBuilder("python3", "-c", program)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        python.environment().put("MPLBACKEND", "Agg"); // plots without a screen
        Process process;
        try {
            process = python.start();
        } catch (IOException e) {
            skip(e.getMessage());
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        if (output.contains("ModuleNotFoundError") || output.contains("ImportError")) {
            skip(output.strip().lines().reduce("", (before, line) -> line));
        }
        assertThat(exitCode).as(output).isZero();
    }

    private static void skip(String reason) {
        System.err.println("SKIPPED a Python program of the documents: " + reason);
        Assumptions.abort(reason);
    }
}
