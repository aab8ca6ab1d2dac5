package org.sparkautoencoder.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** What was built, from what. */
final class Version implements IVersionProvider {
    private static final Properties BUILD = new Properties();

    static {
        try (InputStream in = Version.class.getResourceAsStream("/org/sparkautoencoder/version.properties")) {
            BUILD.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String app() {
        return BUILD.getProperty("version");
    }

    /** The commit, with a plus where the sources differed from it; null where there was no git. */
    static String commit() {
        String commit = BUILD.getProperty("commit");
        if (commit == null || commit.startsWith("$")) {
            return null;
        }
        return "true".equals(BUILD.getProperty("dirty")) ? commit + "+" : commit;
    }

    @Override
    public String[] getVersion() {
        String commit = commit() == null ? "" : " (" + commit() + ")";
        return new String[] {
            "spark-autoencoder " + app() + commit,
            "Spark " + package$.MODULE$.SPARK_VERSION() + ", Java " + Runtime.version()
        };
    }
}
