package org.sparkautoencoder.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Files and folders that appear whole or not at all: written under another name beside their place, then renamed. */
public final class Aside {
    private Aside() {}

    /** A name beside {@code target} that nobody has. The JDK's temporary files are readable by their owner only. */
    public static Path of(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    public static void write(Path target, byte[] bytes) throws IOException {
        Path aside = of(target);
        try {
            Files.write(aside, bytes, StandardOpenOption.CREATE_NEW);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Puts the folder {@code aside} in the place of {@code target}, which may exist. */
    public static void replace(Path target, Path aside) throws IOException {
        if (!Files.exists(target)) {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path old = of(target);
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        delete(old);
    }

    /** Deletes a folder and the files in it, if it exists; the folder has no folders. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        for (Path file : list(folder)) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    public static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
