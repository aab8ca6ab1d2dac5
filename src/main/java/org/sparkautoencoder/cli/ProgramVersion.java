package org.sparkautoencoder.cli;

import org.apache.spark.package$;
import org.sparkautoencoder.runs.Version;
import picocli.CommandLine.IVersionProvider;

/** What --version prints. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String commit = Version.commit() == null ? "" : " (" + Version.commit() + ")";
        return new String[] {
            "spark-autoencoder " + Version.app() + commit,
            "Spark " + package$.MODULE$.SPARK_VERSION() + ", Java " + Runtime.version()
        };
    }
}
