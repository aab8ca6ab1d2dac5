package org.sparkautoencoder.cli;

import java.nio.file.Path;

/** The project's folder, which submit.sh names; without it, the present one. */
final class ProjectHome {
    private ProjectHome() {}

    static Path folder(String name) {
        String home = System.getenv("SPARK_AUTOENCODER_HOME");
        return Path.of(home == null ? "" : home).resolve(name);
    }
}
