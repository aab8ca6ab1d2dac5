package org.sparkautoencoder.runs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What was built, from what. */
public final class Version {
    private static final Properties BUILD = new Properties();

    static {
        try (InputStream in = Version.class.getResourceAsStream("/org/sparkautoencoder/version.properties")) {
            BUILD.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Version() {}

    public static String app() {
        return BUILD.getProperty("version");
    }

    /** The commit, with a plus where the sources differed from it; null where there was no git. */
    public static String commit() {
        String commit = BUILD.getProperty("commit");
        if (commit == null || commit.startsWith("$")) {
            return null;
        }
        return "true".equals(BUILD.getProperty("dirty")) ? commit + "+" : commit;
    }
}
