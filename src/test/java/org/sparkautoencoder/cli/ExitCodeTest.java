package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.training.TrainingFailedException;

/** What is said of anything that ends a command. */
final class ExitCodeTest {
    static Stream<Arguments> failures() throws ReflectiveOperationException {
        IOException full = new IOException("No space left on device");
        return Stream.of(
                Arguments.of(new InvalidSettingsException("--epochs must be"), 2, "--epochs must be"),
                Arguments.of(path("a:b"), 2, "'a:b' cannot be a path"),
                Arguments.of(inTask(new BadInputException("x.csv, line 3")), 3, "x.csv, line 3"),
                Arguments.of(new FileAlreadyExistsException("out"), 3, "out exists already"),
                Arguments.of(new FileAlreadyExistsException("out", null, "choose"), 3, "out exists already: choose"),
                Arguments.of(new OutOfMemoryError("Java heap space"), 1, "out of memory"),
                Arguments.of(inTask(new OutOfMemoryError("Java heap space")), 1, "--driver-memory"),
                Arguments.of(
                        new TrainingFailedException("2 attempts", inTask(new OutOfMemoryError("x"))),
                        1,
                        "the training failed: out of memory"),
                Arguments.of(
                        new SparkException("Lost task 0.0: java.lang.OutOfMemoryError: Java heap space\n\tat x"),
                        1,
                        "--executor-memory"),
                Arguments.of(fsError(full), 1, "no space left on device: make room where --out"),
                Arguments.of(
                        new FileSystemException("r/runs", null, "No space left on device"),
                        1,
                        "no space left on device: r/runs"),
                Arguments.of(
                        new UnsatisfiedLinkError("/x/libsnappyjava.so: failed to map\nsecond line"),
                        1,
                        "a native library cannot be loaded: /x/libsnappyjava.so: failed to map; set TMPDIR"),
                Arguments.of(
                        new NoClassDefFoundError("Could not initialize class org.xerial.snappy.Snappy"),
                        1,
                        "a native library cannot be loaded"),
                Arguments.of(new AccessDeniedException("r/runs"), 1, "no permission: r/runs"),
                Arguments.of(new RuntimeException(new BindException("bind(..) failed: 7082")), 1, "a port is taken"),
                Arguments.of(
                        new UnknownHostException("nowhere: Name or service not known"), 1, "the host name nowhere"),
                Arguments.of(new TrainingFailedException("no executor came", null), 1, "no executor came"),
                Arguments.of(
                        new SparkException("Job aborted\nDriver stacktrace:", new IllegalStateException("odd")),
                        1,
                        "internal error; please report it, with what --verbose"),
                Arguments.of(new StackOverflowError(), 1, "java.lang.StackOverflowError"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_ofAnyKind_isOneLineWithItsCode(Throwable failure, int code, String text) {
        ExitCode.Explanation explanation = ExitCode.explain(failure);
        assertThat(explanation.code()).isEqualTo(code);
        assertThat(explanation.line()).contains(text).doesNotContain("\n", "\t");
    }

    @Test
    void failure_thatIsItsOwnCause_isExplained() {
        RuntimeException first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));
        assertThat(ExitCode.explain(first).code()).isEqualTo(ExitCode.FAILURE);
    }

    private static RuntimeException path(String text) {
        try {
            return new IllegalStateException(new Path(text).toString());
        } catch (IllegalArgumentException e) {
            return e;
        }
    }

    private static Exception inTask(Throwable failure) {
        return new SparkException("Job aborted due to stage failure: Task 0\n\tat x\nDriver stacktrace:", failure);
    }

    // Its constructor is for Hadoop alone.
    private static FSError fsError(IOException cause) throws ReflectiveOperationException {
        var constructor = FSError.class.getDeclaredConstructor(Throwable.class);
        constructor.setAccessible(true);
        return constructor.newInstance(cause);
    }
}
