package org.sparkautoencoder.csv;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Files and folders on any Hadoop file system that appear completely or not at all: written under a temporary name next to their
 * place, then renamed. The names begin with a dot, which readers of folders skip.
 */
public final class AtomicOutput {
    private AtomicOutput() {}

    /** Writes a file or a folder. */
    @FunctionalInterface
    public interface Writer {
        void write(FileSystem fs, Path temporary) throws IOException;
    }

    /** The file system of a path, without the checksum files that Hadoop would write to a local disk. */
    public static FileSystem fileSystem(Path path, Configuration conf) throws IOException {
        FileSystem fs = path.getFileSystem(conf);
        return fs instanceof ChecksumFileSystem checksums ? checksums.getRawFileSystem() : fs;
    }

    /** A path of the local file system. */
    public static Path local(java.nio.file.Path path) {
        return new Path(URI.create(path.toAbsolutePath().toUri().toString().replaceFirst("/$", "")));
    }

    /**
     * Checks that a path is free.
     *
     * @throws FileAlreadyExistsException if it is not
     */
    public static void requireAbsent(Path path, Configuration conf) throws IOException {
        if (path.getFileSystem(conf).exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    /**
     * Creates a file or a folder.
     *
     * @throws FileAlreadyExistsException if the path is taken
     */
    public static void create(Path path, Configuration conf, Writer writer) throws IOException {
        create(path, temporary(path), conf, writer);
    }

    /**
     * Creates a file or a folder, written to {@code temporary} first, which is on the same file system.
     *
     * @throws FileAlreadyExistsException if the path is taken
     */
    public static void create(Path path, Path temporary, Configuration conf, Writer writer) throws IOException {
        requireAbsent(path, conf);
        FileSystem fs = fileSystem(path, conf);
        write(fs, temporary, writer, () -> {
            requireAbsent(path, conf); // a local rename replaces a file
            rename(fs, temporary, path);
        });
    }

    /** Creates a file, or replaces it: a reader sees the old one or the new one. */
    public static void replaceFile(Path file, Configuration conf, Writer writer) throws IOException {
        replaceFile(file, temporary(file), conf, writer);
    }

    /** Creates a file, or replaces it, written to {@code temporary} first, which is on the same file system. */
    public static void replaceFile(Path file, Path temporary, Configuration conf, Writer writer) throws IOException {
        FileSystem fs = fileSystem(file, conf);
        write(fs, temporary, writer, () -> {
            if (fs instanceof RawLocalFileSystem) {
                rename(fs, temporary, file); // FileContext would delete the old file first
            } else {
                fs.mkdirs(file.getParent());
                FileContext.getFileContext(fs.getUri(), conf).rename(temporary, file, Options.Rename.OVERWRITE);
            }
        });
    }

    /** Creates a folder, or replaces it; the old one is restored if the new one cannot take its place. */
    public static void replaceFolder(Path folder, Configuration conf, Writer writer) throws IOException {
        FileSystem fs = fileSystem(folder, conf);
        Path temporary = temporary(folder);
        write(fs, temporary, writer, () -> {
            if (!fs.exists(folder)) {
                rename(fs, temporary, folder);
                return;
            }
            Path old = temporary(folder);
            rename(fs, folder, old);
            try {
                rename(fs, temporary, folder);
            } catch (IOException e) {
                rename(fs, old, folder);
                throw e;
            }
            fs.delete(old, true);
        });
    }

    /** Moves what was written to its place. */
    private interface Publication {
        void publish() throws IOException;
    }

    private static void write(FileSystem fs, Path temporary, Writer writer, Publication publication)
            throws IOException {
        fs.deleteOnExit(temporary); // where the program is interrupted
        try {
            writer.write(fs, temporary);
            publication.publish();
        } finally {
            fs.delete(temporary, true);
            fs.cancelDeleteOnExit(temporary);
        }
    }

    private static Path temporary(Path path) {
        return new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ".tmp");
    }

    // On a local disk rename(2), which fails where a folder is not empty; Hadoop would copy into it.
    private static void rename(FileSystem fs, Path from, Path to) throws IOException {
        fs.mkdirs(to.getParent());
        if (fs instanceof RawLocalFileSystem local) {
            Files.move(local.pathToFile(from).toPath(), local.pathToFile(to).toPath(), StandardCopyOption.ATOMIC_MOVE);
        } else if (!fs.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }
}
