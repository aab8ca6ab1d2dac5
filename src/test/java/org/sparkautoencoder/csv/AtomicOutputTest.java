package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that cannot be written to, on a local disk. */
final class AtomicOutputTest {
    private static final Configuration CONF = new Configuration(false);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.writeString(folder.resolve("file"), "text");
    }

    @Test
    void folder_thatIsAFileOrBelowOne_isNamedWithTheReason() {
        assertThatThrownBy(() -> AtomicOutput.requireWritable(path("file"), CONF))
                .isInstanceOf(BadInputException.class)
                .hasMessage("cannot write " + file + ": " + file + " is a file, not a folder");
        assertThatThrownBy(() -> AtomicOutput.requireWritable(path("file/a/b"), CONF))
                .isInstanceOf(BadInputException.class)
                .hasMessage("cannot write " + file + "/a/b: Not a directory");
    }

    @Test
    void name_tooLong_isNamedWithTheReason() {
        String name = "n".repeat(300);
        assertThatThrownBy(() -> AtomicOutput.requireWritable(path(name), CONF))
                .isInstanceOf(BadInputException.class)
                .hasMessage("cannot write " + folder + "/" + name + ": File name too long");
        assertThatThrownBy(() -> AtomicOutput.requireWritableFile(path(name), CONF))
                .isInstanceOf(BadInputException.class)
                .hasMessage("cannot write " + folder + "/" + name + ": File name too long");
    }

    @Test
    void file_thatIsAFolder_isNamedAndStays() throws IOException {
        Files.createDirectories(folder.resolve("there"));
        assertThatThrownBy(() -> AtomicOutput.requireWritableFile(path("there"), CONF))
                .isInstanceOf(BadInputException.class)
                .hasMessage("cannot write " + folder + "/there: it is a folder");
        AtomicOutput.requireWritableFile(path("file"), CONF);
        assertThat(file).hasContent("text");
    }

    @Test
    void check_ofAPlaceThatCanBeWritten_leavesNothing() throws IOException {
        AtomicOutput.requireWritable(path("a/b/c"), CONF);
        AtomicOutput.requireWritableFile(path("a/b/page.html"), CONF);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "[x]{y}*", "ü"})
    void file_ofAnyName_isWritten(String name) throws IOException {
        AtomicOutput.replaceFile(path(name), CONF, (fs, temporary) -> {
            try (OutputStream out = fs.create(temporary)) {
                out.write('x');
            }
        });
        assertThat(folder.resolve(name)).hasContent("x");
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @Test
    void file_ofTheLongestName_isWritten() throws IOException {
        String name = "n".repeat(255);
        AtomicOutput.replaceFile(
                path(name), CONF, (fs, temporary) -> fs.create(temporary).close());
        assertThat(folder.resolve(name)).exists();
    }

    @Test
    void disk_full_isAnExceptionThatNamesTheFile() {
        assertThatThrownBy(() -> AtomicOutput.replaceFile(path("part"), CONF, (fs, temporary) -> {
                    fs.create(temporary).close();
                    throw fsError(new IOException("No space left on device"));
                }))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder + "/part: No space left on device");
        assertThatThrownBy(() -> AtomicOutput.create(path("part"), CONF, (fs, temporary) -> {
                    throw new IOException("Disk quota exceeded");
                }))
                .hasMessage(folder + "/part: Disk quota exceeded");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    private org.apache.hadoop.fs.Path path(String name) {
        return AtomicOutput.local(folder.resolve(name));
    }

    // Its constructor is for Hadoop alone.
    private static FSError fsError(IOException cause) {
        try {
            var constructor = FSError.class.getDeclaredConstructor(Throwable.class);
            constructor.setAccessible(true);
            return constructor.newInstance(cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
