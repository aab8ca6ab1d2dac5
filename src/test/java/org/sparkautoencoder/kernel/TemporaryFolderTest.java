package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFolderTest {
    @TempDir
    private Path folder;

    @Test
    void folder_isMadeInTheFirstPlaceThatCanHoldPrograms() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path good = Files.createDirectory(folder.resolve("good"));
        List<Path> places = List.of(folder.resolve("absent"), file, Path.of("/proc"), good, folder);
        try (TemporaryFolder made = TemporaryFolder.create(places)) {
            assertThat(made.path()).isDirectory().hasParent(good);
        }
        assertThat(good).isEmptyDirectory();
    }

    @Test
    void places_noneUsable_areAllNamedWithTheirReasons() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> TemporaryFolder.create(List.of(folder.resolve("absent"), file)))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + "/absent is not there; " + file + ": Not a directory");
    }

    @Test
    void folder_ofAProcessThatWasKilled_goesWithTheNextOne_andThatOfALiveOneStays() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            Path held = Path.of(out.readLine());
            TemporaryFolder.create(List.of(folder)).close();
            assertThat(held.resolve("library")).exists();
            process.destroyForcibly().waitFor();
            assertThat(held.resolve("library")).exists();
            TemporaryFolder.create(List.of(folder)).close();
            assertThat(folder).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void folder_ofThisProcess_stays() throws IOException {
        try (TemporaryFolder first = TemporaryFolder.create(List.of(folder))) {
            TemporaryFolder.create(List.of(folder)).close();
            assertThat(first.path()).exists();
        }
    }

    @Test
    void folder_withoutALock_isLeftToItsMakerForAMinute() throws IOException {
        Path made = Files.createDirectory(folder.resolve(TemporaryFolder.PREFIX + "made"));
        TemporaryFolder.create(List.of(folder)).close();
        assertThat(made).exists();
        Files.setLastModifiedTime(made, FileTime.from(Instant.now().minusSeconds(61)));
        Path other = Files.createFile(folder.resolve("other"));
        TemporaryFolder.create(List.of(folder)).close();
        assertThat(made).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void folder_adopted_isRemovedWithItsContents() throws IOException {
        Path made = Files.createDirectory(folder.resolve(TemporaryFolder.PREFIX + "made"));
        try (TemporaryFolder adopted = TemporaryFolder.adopt(made)) {
            Files.createDirectories(adopted.path().resolve("a/b"));
            Files.createFile(adopted.path().resolve("a/c"));
            assertThat(adopted.path()).isEqualTo(made);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** A process that holds a folder until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            TemporaryFolder made = TemporaryFolder.create(List.of(Path.of(arguments[0])));
            Files.createFile(made.path().resolve("library"));
            System.out.println(made.path());
            Thread.sleep(60_000);
        }
    }
}
