package org.sparkautoencoder.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.sparkautoencoder.kernel.Blas;

/** What bits depend on besides the settings. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** The name under which Spark knows this JVM's machine. */
    static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    /** The BLAS in use and the kind of the processor. */
    static String arithmetic() {
        return Blas.name() + " on " + processor();
    }

    private static String processor() {
        List<String> parts = new ArrayList<>(List.of(System.getProperty("os.arch")));
        try {
            if (Files.isReadable(PROCESSORS)) {
                for (String line : Files.readAllLines(PROCESSORS)) {
                    if (line.isBlank()) {
                        break; // the first of them is enough
                    }
                    if (line.matches("(vendor_id|cpu family|model|model name)\\s*:.*")) {
                        parts.add(line.substring(line.indexOf(':') + 1).strip());
                    }
                }
            }
        } catch (IOException e) {
            parts.add("unknown");
        }
        return String.join(" ", parts);
    }
}
