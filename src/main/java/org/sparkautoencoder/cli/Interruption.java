package org.sparkautoencoder.cli;

import org.apache.spark.util.SignalUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ctrl-C and SIGTERM. The first asks what runs to end in order, or ends the program where nothing would be lost. */
final class Interruption {
    private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

    private static volatile boolean happened;
    private static volatile Runnable inOrder;

    private Interruption() {}

    /** Takes the signals from here on. */
    static void listen() {
        for (String name : new String[] {"INT", "TERM"}) {
            SignalUtils.register(name, Interruption::interrupt);
        }
    }

    /** Says how what runs now is ended in order; null where the program may just end. */
    static void endInOrderBy(Runnable action) {
        inOrder = action;
    }

    static boolean happened() {
        return happened;
    }

    // In a thread of its own that the JVM starts for each signal.
    private static boolean interrupt() {
        Runnable action = inOrder;
        boolean second = happened;
        happened = true;
        if (action == null || second) {
            LOG.warn("interrupted");
            System.exit(ExitCode.INTERRUPTED);
        } else {
            LOG.warn("interrupted: the training ends after this step; once more, and the program ends at once");
            action.run();
        }
        return true; // or the JVM would end
    }
}
