package org.sparkautoencoder.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder for the temporary files of this process, native libraries among them. It goes when the process ends, however that
 * ends: beside it lies a file that the process has locked, and whoever makes such a folder removes those in the same place
 * whose lock nobody holds.
 */
public final class TemporaryFolder implements AutoCloseable {
    /** What the names of all these folders begin with. */
    public static final String PREFIX = "spark-autoencoder-";

    private static final String LOCK = ".lock";
    private static final String TMPDIR = "java.io.tmpdir";

    // OpenBLAS with what it needs, and the codecs of parquet and Spark.
    private static final long LEAST_BYTES = 64L << 20;

    // A folder that somebody has made and not locked yet.
    private static final Duration UNLOCKED = Duration.ofMinutes(1);

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;

    private TemporaryFolder(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Makes a folder in java.io.tmpdir, or, if that is full or cannot hold programs, in another place that can.
     *
     * @throws IOException if there is none; the message names what was tried
     */
    public static TemporaryFolder create() throws IOException {
        return create(places());
    }

    /** Makes a folder in the first of some places that can hold programs, and says so if it is not the first of all. */
    static TemporaryFolder create(List<Path> places) throws IOException {
        List<String> refused = new ArrayList<>();
        for (Path place : places) {
            try {
                requireUsable(place);
                TemporaryFolder made = make(place.resolve(PREFIX + UUID.randomUUID()));
                if (!refused.isEmpty()) {
                    System.getLogger(TemporaryFolder.class.getName())
                            .log(
                                    System.Logger.Level.INFO,
                                    "temporary files go to " + place + ": " + String.join("; ", refused));
                }
                return made;
            } catch (IOException e) {
                refused.add(e.getMessage());
            }
        }
        throw new IOException(String.join("; ", refused));
    }

    /** Takes a folder that was made for this process; also removes those beside it that nobody needs. */
    public static TemporaryFolder adopt(Path folder) throws IOException {
        requireUsable(folder);
        return make(folder.toAbsolutePath());
    }

    public Path path() {
        return path;
    }

    /** Removes the folder. What vanishes meanwhile is nobody's loss. */
    @Override
    public void close() {
        delete(path);
        delete(lockFile);
        try {
            lock.close();
        } catch (IOException e) {
            System.getLogger(TemporaryFolder.class.getName()).log(System.Logger.Level.DEBUG, "left locked", e);
        }
    }

    private static List<Path> places() {
        List<String> places = new ArrayList<>();
        places.add(System.getProperty(TMPDIR));
        places.add(System.getenv("TMPDIR"));
        String executor = System.getenv("SPARK_EXECUTOR_DIRS");
        places.add(executor == null ? null : executor.split("[,:]", -1)[0]);
        String project = System.getenv("SPARK_AUTOENCODER_HOME");
        places.add(project == null ? null : project + "/target");
        places.add(System.getProperty("user.home") + "/.cache");
        places.add("/var/tmp");
        return places.stream()
                .filter(place -> place != null && !place.isEmpty())
                .map(place -> Path.of(place).toAbsolutePath())
                .distinct()
                .toList();
    }

    /** Checks that a folder has room, and can hold files that the system executes: a mount with noexec cannot. */
    private static void requireUsable(Path place) throws IOException {
        Path probe = place.resolve("." + PREFIX + UUID.randomUUID());
        try {
            Files.write(probe, new byte[4096], StandardOpenOption.CREATE_NEW);
            if (!probe.toFile().setExecutable(true) || !Files.isExecutable(probe)) {
                throw new IOException(place + " cannot hold programs");
            }
            if (Files.getFileStore(place).getUsableSpace() < LEAST_BYTES) {
                throw new IOException(place + " is full");
            }
        } catch (NoSuchFileException e) {
            throw new IOException(place + " is not there", e);
        } catch (FileSystemException e) {
            throw new IOException(place + ": " + (e.getReason() == null ? "no permission" : e.getReason()), e);
        } finally {
            delete(probe);
        }
    }

    private static TemporaryFolder make(Path folder) throws IOException {
        removeAbandoned(folder.getParent());
        Path lockFile = folder.resolveSibling(folder.getFileName() + LOCK);
        // Locked before the folder is there, so that no other process sees a folder without its lock.
        FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(lock) == null || !Files.exists(lockFile)) {
            lock.close();
            throw new IOException(folder.getParent() + ": another process took " + lockFile.getFileName());
        }
        Files.createDirectories(folder);
        return new TemporaryFolder(folder, lockFile, lock);
    }

    private static void removeAbandoned(Path place) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path found : folders) {
                String name = found.getFileName().toString();
                if (name.endsWith(LOCK)) {
                    removeIfAbandoned(found.resolveSibling(name.substring(0, name.length() - LOCK.length())), found);
                } else if (!Files.exists(found.resolveSibling(name + LOCK)) && isOld(found)) {
                    delete(found);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            System.getLogger(TemporaryFolder.class.getName()).log(System.Logger.Level.DEBUG, "not cleaned", e);
        }
    }

    private static void removeIfAbandoned(Path folder, Path lockFile) {
        try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (tryLock(lock) != null) {
                delete(folder);
                delete(lockFile);
            }
        } catch (IOException e) { // another user's, or gone
            System.getLogger(TemporaryFolder.class.getName()).log(System.Logger.Level.DEBUG, "not removed", e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // this process's own
            return null;
        }
    }

    private static boolean isOld(Path folder) throws IOException {
        return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .isBefore(Instant.now().minus(UNLOCKED));
    }

    private static void delete(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.list(path)) {
                files.toList().forEach(TemporaryFolder::delete);
            } catch (IOException e) {
                System.getLogger(TemporaryFolder.class.getName()).log(System.Logger.Level.DEBUG, "not listed", e);
            }
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger(TemporaryFolder.class.getName()).log(System.Logger.Level.DEBUG, "left behind", e);
        }
    }
}
