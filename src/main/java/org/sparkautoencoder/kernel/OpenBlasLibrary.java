package org.sparkautoencoder.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The OpenBLAS that this project's jar carries, as a file that the dynamic linker can load. */
final class OpenBlasLibrary {
    static final String VERSION = "0.3.31";

    // Loaded in this order: libopenblas needs libgfortran, which needs the other two, and the dynamic linker takes a
    // library that the process has loaded under the same name. So no system package is needed.
    private static final List<String> DEPENDENCIES = List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5");
    private static final String LIBRARY = "libopenblas.so.0";

    private OpenBlasLibrary() {}

    /** The library in a new folder of its own; empty on a platform that it was not built for. */
    static Optional<Path> extract() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        String architecture = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "linux-x86_64";
            case "aarch64", "arm64" -> "linux-arm64";
            default -> "";
        };
        if (OpenBlasLibrary.class.getResource(resource(architecture, LIBRARY)) == null) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createTempDirectory("spark-autoencoder-blas-");
            for (String dependency : DEPENDENCIES) {
                Optional<Path> file = copy(architecture, dependency, folder);
                if (file.isPresent()) {
                    System.load(file.get().toString());
                }
            }
            return copy(architecture, LIBRARY, folder);
        } catch (IOException | LinkageError e) {
            System.getLogger(OpenBlasLibrary.class.getName())
                    .log(System.Logger.Level.WARNING, "the bundled OpenBLAS cannot be used: " + e);
            return Optional.empty();
        }
    }

    /** Removes what {@link #extract} wrote: a loaded library needs its file no more. */
    static void delete(Path library) {
        Path folder = library.getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            System.getLogger(OpenBlasLibrary.class.getName())
                    .log(System.Logger.Level.WARNING, "left behind in " + folder + ": " + e);
        }
    }

    private static Optional<Path> copy(String architecture, String name, Path folder) throws IOException {
        try (InputStream in = OpenBlasLibrary.class.getResourceAsStream(resource(architecture, name))) {
            if (in == null) {
                return Optional.empty();
            }
            Path file = folder.resolve(name);
            Files.copy(in, file);
            return Optional.of(file);
        }
    }

    private static String resource(String architecture, String name) {
        return "/org/bytedeco/openblas/" + architecture + "/" + name;
    }
}
