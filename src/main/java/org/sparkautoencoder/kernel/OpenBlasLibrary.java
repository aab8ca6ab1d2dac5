package org.sparkautoencoder.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The OpenBLAS that this project's jar carries, as a file that the dynamic linker can load. When it is loaded it needs its file
 * no more, and can be closed.
 */
record OpenBlasLibrary(TemporaryFolder folder, Path file) implements AutoCloseable {
    static final String VERSION = "0.3.31";

    // Loaded in this order: libopenblas needs libgfortran, which needs the other two, and the dynamic linker takes a
    // library that the process has loaded under the same name. So no system package is needed.
    private static final List<String> DEPENDENCIES = List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5");
    private static final String LIBRARY = "libopenblas.so.0";

    /** The library in a new folder of its own; empty on a platform that it was not built for. */
    static Optional<OpenBlasLibrary> extract() {
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
        TemporaryFolder folder = null;
        try {
            folder = TemporaryFolder.create();
            // Where netlib puts its own part.
            System.setProperty("java.io.tmpdir", folder.path().getParent().toString());
            for (String dependency : DEPENDENCIES) {
                if (OpenBlasLibrary.class.getResource(resource(architecture, dependency)) != null) {
                    System.load(copy(architecture, dependency, folder).toString());
                }
            }
            return Optional.of(new OpenBlasLibrary(folder, copy(architecture, LIBRARY, folder)));
        } catch (IOException | LinkageError e) {
            if (folder != null) {
                folder.close();
            }
            System.getLogger(OpenBlasLibrary.class.getName())
                    .log(System.Logger.Level.WARNING, "the bundled OpenBLAS cannot be used: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        folder.close();
    }

    private static Path copy(String architecture, String name, TemporaryFolder folder) throws IOException {
        try (InputStream in = OpenBlasLibrary.class.getResourceAsStream(resource(architecture, name))) {
            Path file = folder.path().resolve(name);
            Files.copy(in, file);
            return file;
        }
    }

    private static String resource(String architecture, String name) {
        return "/org/bytedeco/openblas/" + architecture + "/" + name;
    }
}
