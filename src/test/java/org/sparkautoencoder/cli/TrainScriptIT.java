package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkautoencoder.cli.Script.Outcome;

/** The program as its users start it. */
final class TrainScriptIT {
    @TempDir
    private Path folder;

    /** The JDK of the build, and JDK 25 where JDK25_HOME names one; in CI it must. */
    static Stream<String> jdks() {
        String newer = System.getenv("JDK25_HOME");
        if (newer != null) {
            return Stream.of(System.getProperty("java.home"), newer);
        }
        if (System.getenv("CI") != null) {
            throw new IllegalStateException("JDK25_HOME is not set");
        }
        System.err.println("SKIPPED a training on JDK 25: JDK25_HOME is not set");
        return Stream.of(System.getProperty("java.home"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void train_syntheticDigits_endsWellAndSparkIsSilent(String jdk) {
        Script script = Script.ofCopy(folder.resolve("a project")).with("JAVA_HOME", jdk);
        String data = folder.resolve("a project/dataset/synthetic").toString();
        assertEndsQuietly(script.run("prepare", "--dataset", "synthetic"));
        assertEndsQuietly(script.run(
                "--master",
                "local[2]",
                "train",
                "--train",
                data + "/train.csv",
                "--test",
                data + "/test.csv",
                "--epochs",
                "1",
                "--out",
                folder.resolve("the results").toString()));
        assertThat(folder.resolve("the results/epochs")).isDirectoryRecursivelyContaining("glob:**.parquet");
    }

    @Test
    void train_missingFile_isBadInputInOneLine() {
        Outcome outcome = Script.in(folder).run("train", "--train", "no such file.csv");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err().lines())
                .filteredOn(line -> line.contains("no such file.csv"))
                .hasSize(1);
        assertThat(outcome.err()).doesNotContain("\tat ");
    }

    private static void assertEndsQuietly(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err() + outcome.out())
                .doesNotContainIgnoringCase("warn")
                .doesNotContain("org.apache", "\tat ");
    }
}
