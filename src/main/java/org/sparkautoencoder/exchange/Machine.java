package org.sparkautoencoder.exchange;

import org.apache.spark.SparkEnv;
import org.sparkautoencoder.kernel.Blas;
import org.sparkautoencoder.kernel.Processor;

/** What bits depend on besides the settings. */
final class Machine {
    private Machine() {}

    /** The name under which Spark knows this JVM's machine. */
    static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    /** The BLAS in use and the kind of the processor. */
    static String arithmetic() {
        return Blas.name() + " on " + Processor.describe();
    }
}
