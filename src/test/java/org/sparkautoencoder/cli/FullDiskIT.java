package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;

/** Trainings whose checkpoints or results go to a disk that becomes full. */
@Tag("long")
@Timeout(300)
final class FullDiskIT {
    @TempDir
    private Path folder;

    private CutOffs runs;

    @BeforeEach
    void write() throws IOException {
        runs = new CutOffs(folder);
    }

    private static SparkConf fullAfter(int files, boolean error) {
        return Driver.local(2)
                .set("spark.hadoop.fs.full.impl", FullDisk.class.getName())
                .set("test.log.level", "warn")
                .set("full.after", Integer.toString(files))
                .set("full.error", Boolean.toString(error));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void train_checkpointsOnADiskThatIsFull_saysSoOnceAndFinishes(boolean error) throws Exception {
        Path checkpoints = folder.resolve("full");
        String[] command = Stream.concat(
                        Stream.of(runs.train("run", 30)), Stream.of("--checkpoint=full://" + checkpoints))
                .toArray(String[]::new);
        try (Driver driver = runs.start(fullAfter(3, error), command)) {
            assertThat(driver.await()).as(driver.log()).isZero();
            assertThat(driver.log().lines().filter(line -> line.contains("cannot be written")))
                    .as(driver.log())
                    .singleElement()
                    .asString()
                    .contains("No space left on device");
        }
        assertThat(runs.run("run").state().status()).isEqualTo(Status.FINISHED);
        runs.requireReadable();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "6, false", "6, true"})
    void train_resultsOnADiskThatIsFull_endsWithOneLineAndWhatIsWrittenStays(int files, boolean error)
            throws Exception {
        String[] command = Stream.concat(Stream.of(runs.train("run", 30)), Stream.of("--out=full://" + runs.out()))
                .filter(argument -> !argument.equals("--out=" + runs.out()))
                .toArray(String[]::new);
        try (Driver driver = runs.start(fullAfter(files, error), command)) {
            assertThat(driver.await()).as(driver.log()).isEqualTo(ExitCode.FAILURE);
            assertThat(driver.log()).doesNotContain("\tat ");
            assertThat(driver.log().lines().filter(line -> line.contains(" ERROR ")))
                    .as(driver.log())
                    .singleElement()
                    .asString()
                    .contains("no space left on device");
        }
        runs.requireReadable();
        // None if the disk was full before it began.
        assertThat(Program.rows(Table.RUNS, runs.out(), "run"))
                .allSatisfy(run -> assertThat(run.state().status()).isIn(Status.RUNNING, Status.FAILED));
        assertThat(runs.out().resolve("models/run")).doesNotExist();
    }
}
