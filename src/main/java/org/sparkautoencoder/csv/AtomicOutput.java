package org.sparkautoencoder.csv;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSError;
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
    // What the system says of a write, without the file's name.
    private static final Set<String> NAMELESS =
            Set.of("No space left on device", "Disk quota exceeded", "Input/output error", "Stale file handle");

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
     * Checks that files can be written to a folder, which may be absent and then stays so.
     *
     * @throws BadInputException if not, with the reason
     */
    public static void requireWritable(Path folder, Configuration conf) {
        requireNew(folder, temporary(new Path(folder, "probe")), conf);
    }

    /**
     * Checks that a file can be written, or replaced.
     *
     * @throws BadInputException if not, with the reason
     */
    public static void requireWritableFile(Path file, Configuration conf) throws IOException {
        FileSystem fs = fileSystem(file, conf);
        if (!fs.exists(file)) {
            requireNew(file, file, conf);
        } else if (fs.getFileStatus(file).isDirectory()) {
            throw new BadInputException("cannot write " + text(file) + ": it is a folder");
        } else {
            requireNew(file, temporary(file), conf);
        }
    }

    /** Writes a file and removes it, with the folders that it needed. */
    private static void requireNew(Path wanted, Path probe, Configuration conf) {
        try {
            FileSystem fs = fileSystem(probe, conf);
            List<Path> made = new ArrayList<>();
            try {
                Path folder = fs.makeQualified(probe).getParent();
                for (Path absent = folder; absent != null && !fs.exists(absent); absent = absent.getParent()) {
                    made.add(absent);
                }
                makeFolder(fs, folder);
                fs.create(probe, false).close();
                fs.delete(probe, false);
            } finally {
                for (Path folder : made) {
                    fs.delete(folder, false); // unless another process has begun to use it
                }
            }
        } catch (IOException | FSError e) {
            throw new BadInputException("cannot write " + text(wanted) + ": " + reason(e), e);
        }
    }

    /** A path as the user writes it. */
    private static String text(Path path) {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }

    /** Makes a folder and those above it; says why not, which Hadoop does not on a local disk. */
    public static void makeFolder(FileSystem fs, Path folder) throws IOException {
        if (fs instanceof RawLocalFileSystem local) {
            Files.createDirectories(local.pathToFile(folder).toPath());
        } else if (!fs.mkdirs(folder)) {
            throw new FileSystemException(folder.toString(), null, "the folder cannot be made");
        }
    }

    /** Why something could not be written; without the name of the file, if the error holds the reason by itself. */
    public static String reason(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException taken) {
            return taken.getFile() + " is a file, not a folder";
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        if ((failure instanceof FSError || failure instanceof UncheckedIOException) && failure.getCause() != null) {
            return reason(failure.getCause());
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        // java.io: the name, and the reason in brackets.
        return failure instanceof FileNotFoundException && message.endsWith(")")
                ? message.substring(message.lastIndexOf('(') + 1, message.length() - 1)
                : message;
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
        write(fs, path, temporary, writer, () -> {
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
        write(fs, file, temporary, writer, () -> {
            if (fs instanceof RawLocalFileSystem) {
                rename(fs, temporary, file); // FileContext would delete the old file first
            } else {
                makeFolder(fs, file.getParent());
                FileContext.getFileContext(fs.getUri(), conf).rename(temporary, file, Options.Rename.OVERWRITE);
            }
        });
    }

    /** Creates a folder, or replaces it; the old one is restored if the new one cannot take its place. */
    public static void replaceFolder(Path folder, Configuration conf, Writer writer) throws IOException {
        FileSystem fs = fileSystem(folder, conf);
        Path temporary = temporary(folder);
        write(fs, folder, temporary, writer, () -> {
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

    private static void write(FileSystem fs, Path path, Path temporary, Writer writer, Publication publication)
            throws IOException {
        fs.deleteOnExit(temporary); // where the program is interrupted
        try {
            writer.write(fs, temporary);
            publication.publish();
        } catch (FSError e) { // what Hadoop makes of a full local disk
            throw named(path, e.getCause());
        } catch (IOException e) {
            throw e.getMessage() != null && NAMELESS.contains(e.getMessage()) ? named(path, e) : e;
        } finally {
            fs.delete(temporary, true);
            fs.cancelDeleteOnExit(temporary);
        }
    }

    private static FileSystemException named(Path path, Throwable failure) {
        FileSystemException named = new FileSystemException(text(path), null, reason(failure));
        named.initCause(failure);
        return named;
    }

    private static Path temporary(Path path) {
        // Without its own name, which may be as long as a name can be.
        return new Path(path.getParent(), "." + UUID.randomUUID() + ".tmp");
    }

    // On a local disk rename(2), which fails where a folder is not empty; Hadoop would copy into it.
    private static void rename(FileSystem fs, Path from, Path to) throws IOException {
        makeFolder(fs, to.getParent());
        if (fs instanceof RawLocalFileSystem local) {
            Files.move(local.pathToFile(from).toPath(), local.pathToFile(to).toPath(), StandardCopyOption.ATOMIC_MOVE);
        } else if (!fs.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }
}
