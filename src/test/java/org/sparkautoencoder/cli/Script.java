package org.sparkautoencoder.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One submit.sh with the environment to start it in; nothing of the test's own environment comes along. */
final class Script {
    /** The checkout whose jar and Spark home the build has just made. */
    static final Path PROJECT = Path.of("").toAbsolutePath();

    private final Path project;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> prefix = new ArrayList<>();

    private Script(Path project, Path directory) {
        this.project = project;
        this.directory = directory;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /** The project's own, started from a directory. */
    static Script in(Path directory) {
        return new Script(PROJECT, directory);
    }

    /** That of a copy of the project, built but without its sources, started from the directory above it. */
    static Script ofCopy(Path copy) {
        try {
            Files.createDirectories(copy.resolve("src/main"));
            Files.createDirectories(copy.resolve("target"));
            Files.createDirectories(copy.resolve("conf"));
            Files.copy(PROJECT.resolve("submit.sh"), copy.resolve("submit.sh"));
            Files.copy(PROJECT.resolve("pom.xml"), copy.resolve("pom.xml"));
            try (Stream<Path> files = Files.list(PROJECT.resolve("conf"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve("conf").resolve(file.getFileName()));
                }
            }
            Files.createDirectories(copy.resolve("target/spark-home/jars"));
            try (Stream<Path> jars = Files.list(PROJECT.resolve("target/spark-home/jars"))) {
                for (Path jar : jars.toList()) {
                    link(copy.resolve("target/spark-home/jars").resolve(jar.getFileName()), jar);
                }
            }
            // Last, to be the newest.
            Files.copy(PROJECT.resolve("target/spark-autoencoder.jar"), copy.resolve("target/spark-autoencoder.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Script(copy, copy.getParent());
    }

    /** Sets a variable, or takes it away when its value is null. */
    Script with(String variable, String value) {
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
        return this;
    }

    /** Starts it by another command, which is given its command line. */
    Script by(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    /** Leaves on the PATH what every system has, and no Java, Maven or Spark. */
    Script withBareTools(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String tool : List.of(
                    "bash",
                    "cat",
                    "chmod",
                    "cp",
                    "df",
                    "dirname",
                    "env",
                    "find",
                    "flock",
                    "id",
                    "locale",
                    "mkdir",
                    "mktemp",
                    "readlink",
                    "rm",
                    "sed",
                    "sleep",
                    "touch",
                    "uname")) {
                Path found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(place -> Path.of(place, tool))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + tool + " on the PATH"));
                program(folder.resolve(tool), "exec " + found + " \"$@\"");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return with("PATH", folder.toString()).with("JAVA_HOME", null);
    }

    /** Writes an executable shell script. */
    static void program(Path file, String body) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + body + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A hard link, which JUnit deletes without a word, or a symbolic one where the folder is on another disk. */
    private static void link(Path link, Path file) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (FileSystemException e) {
            Files.createSymbolicLink(link, file);
        }
    }

    Outcome run(String... arguments) {
        return start(arguments).await();
    }

    Running start(String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(project.resolve("submit.sh").toString());
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("submit", ".out");
            Path err = Files.createTempFile("submit", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A start under way. */
    record Running(Process process, Path out, Path err) {
        Outcome await() {
            try {
                if (!process.waitFor(120, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("submit.sh did not end within 120 s:\n" + Files.readString(err));
                }
                Outcome outcome = new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
                Files.delete(out);
                Files.delete(err);
                return outcome;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                throw new IllegalStateException(e);
            }
        }
    }

    /** What a start left behind. */
    record Outcome(int exitCode, String out, String err) {}
}
