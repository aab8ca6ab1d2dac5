package org.sparkautoencoder.cli;

import org.apache.spark.util.SignalUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.runs.Cancellation;

/** Ctrl-C, SIGTERM, and SIGHUP of a terminal that closes. The first asks the runs in progress to stop, or exits where nothing would be lost. */
final class Interruption {
    private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

    private static final Cancellation CANCELLATION = new Cancellation();

    private static volatile Runnable onSignal;

    private Interruption() {}

    /** Takes the signals from here on. */
    static void listen() {
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            SignalUtils.register(name, Interruption::interrupt);
        }
    }

    /** How the runs in progress are asked to stop; null where the program may exit. */
    static void onSignal(Runnable action) {
        onSignal = action;
    }

    static boolean happened() {
        return CANCELLATION.isRequested();
    }

    static Cancellation cancellation() {
        return CANCELLATION;
    }

    // In a thread of its own that the JVM starts for each signal.
    private static boolean interrupt() {
        Runnable action = onSignal;
        boolean second = CANCELLATION.isRequested();
        CANCELLATION.request();
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
