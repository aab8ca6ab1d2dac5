package org.sparkautoencoder.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.runs.Cancellation;

/**
 * Ctrl-C, SIGTERM, and SIGHUP of a terminal that closes. The first asks the runs in progress to stop, or exits where nothing
 * would be lost; the second cancels Spark's jobs, so that what runs fails and is written down as killed; the third exits.
 */
final class Interruption {
    private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

    private static final long MOST_SECONDS = 10;
    private static final long CANCEL_EVERY_MILLIS = 200;

    private static final Cancellation CANCELLATION = new Cancellation();
    private static final CountDownLatch ENDED = new CountDownLatch(1);

    private static volatile Runnable onSignal;
    private static int signals;

    private Interruption() {}

    /** Takes the signals from here on. */
    static void listen() {
        try {
            // Named, since javac warns of it; Spark's SignalUtils gives a signal that comes while another is handled
            // to the JVM, which ends then.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Interruption.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            interrupt();
                        }
                        return null;
                    });
            for (String name : new String[] {"INT", "TERM", "HUP"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            LOG.debug("signals end this JVM", e);
        }
    }

    /** How the runs in progress are asked to stop; null where the program may exit. */
    static void onSignal(Runnable action) {
        onSignal = action;
        if (happened()) { // just before
            action.run();
        }
    }

    /** Says that the command has ended, and whatever it has to write is written. */
    static void ended() {
        ENDED.countDown();
    }

    static boolean happened() {
        return CANCELLATION.isRequested();
    }

    static Cancellation cancellation() {
        return CANCELLATION;
    }

    // In a thread of its own that the JVM starts for each signal.
    private static void interrupt() {
        Runnable action = onSignal;
        switch (count()) {
            case 1 -> {
                CANCELLATION.request();
                if (action == null) {
                    LOG.warn(
                            SparkContext$.MODULE$.getActive().isEmpty()
                                    ? "interrupted before anything began"
                                    : "interrupted");
                    System.exit(ExitCode.INTERRUPTED);
                }
                LOG.warn("interrupted: the training ends after this step; once more, and it is cut off");
                action.run();
            }
            case 2 -> {
                LOG.warn("interrupted again: the training is cut off; once more, and the program ends at once");
                cutOff();
            }
            default -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    private static synchronized int count() {
        return ++signals;
    }

    // What is not a job of Spark goes on; and what comes after a job that was cancelled may begin another.
    private static void cutOff() {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
            do {
                SparkContext$.MODULE$.getActive().foreach(context -> {
                    cancelJobs(context);
                    return null;
                });
            } while (!ENDED.await(CANCEL_EVERY_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(ExitCode.INTERRUPTED);
    }

    private static void cancelJobs(SparkContext context) {
        try {
            context.cancelAllJobs();
        } catch (IllegalStateException e) { // it has been stopped
            LOG.debug("no jobs to cancel", e);
        }
    }
}
