package org.sparkautoencoder.cli;

import java.net.BindException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.security.AccessControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.results.TableReader.DamagedFileException;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.training.TrainingFailedException;

/** What the program tells its caller, and how it says in one line what went wrong. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int BAD_INPUT = 3;
    static final int DIVERGED = 4;
    static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final String OUT_OF_MEMORY = "java.lang.OutOfMemoryError";
    private static final int MOST_CAUSES = 50;

    private ExitCode() {}

    /**
     * Says what ended a command, whatever it is, and gives the exit code.
     *
     * @param verbose whether to print the stack trace too
     */
    static int of(Throwable failure, boolean verbose) {
        if (Interruption.happened()) {
            LOG.debug("interrupted", failure);
            return INTERRUPTED;
        }
        Explanation explanation = explain(failure);
        LOG.error(explanation.line());
        if (verbose) {
            LOG.error("the stack trace:", failure);
        } else {
            LOG.debug("the stack trace:", failure);
        }
        return explanation.code();
    }

    /** An exit code, and what the user reads. */
    record Explanation(int code, String line) {}

    static Explanation explain(Throwable failure) {
        List<Throwable> causes = causes(failure);
        String usage = usage(causes);
        if (usage != null) {
            return new Explanation(USAGE, usage);
        }
        String badInput = badInput(causes);
        return badInput != null ? new Explanation(BAD_INPUT, badInput) : new Explanation(FAILURE, failure(causes));
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MOST_CAUSES; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static String usage(List<Throwable> causes) {
        if (causes.get(0) instanceof InvalidSettingsException invalid) {
            return invalid.getMessage();
        }
        for (Throwable cause : causes) {
            if (cause instanceof URISyntaxException path && path.getMessage().startsWith("Relative path in absolute")) {
                return "'" + path.getInput() + "' cannot be a path: what is before its first colon is taken for a kind"
                        + " of file system, such as hdfs; choose a name without a colon";
            }
        }
        return null;
    }

    private static String badInput(List<Throwable> causes) {
        for (Throwable cause : causes) {
            // Thrown in a task, it is the cause of Spark's own exception.
            if (cause instanceof BadInputException || cause instanceof DamagedFileException) {
                return cause.getMessage();
            }
        }
        return causes.get(0) instanceof FileAlreadyExistsException exists
                ? exists.getFile() + " exists already" + (exists.getReason() == null ? "" : ": " + exists.getReason())
                : null;
    }

    private static String failure(List<Throwable> causes) {
        String known = causes.stream()
                .map(ExitCode::known)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        String training = causes.get(0) instanceof TrainingFailedException failed ? firstLine(failed) : null;
        if (known != null) {
            return training == null || training.contains(known) ? known : "the training failed: " + known;
        }
        if (training != null) {
            return "the training failed: " + training;
        }
        // An error of Spark repeats the text of its cause, among other things.
        Throwable origin = causes.get(causes.size() - 1);
        return "internal error; please report it, with what --verbose after the command shows: "
                + origin.getClass().getName()
                + (origin.getMessage() == null ? "" : ": " + firstLine(origin)) + place(origin);
    }

    private static String known(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof OutOfMemoryError || text.contains(OUT_OF_MEMORY)) {
            return outOfMemory();
        }
        for (String full : new String[] {"No space left on device", "Disk quota exceeded"}) {
            if (text.contains(full)) {
                return full.toLowerCase(Locale.ROOT)
                        + (cause instanceof FileSystemException at && at.getFile() != null
                                ? ": " + at.getFile()
                                : ": make room where --out and spark.local.dir are, or name others");
            }
        }
        if (cause instanceof LinkageError && isNative(cause, text)) {
            return "a native library cannot be loaded: " + firstLine(cause)
                    + "; set TMPDIR to a folder that can hold programs and is not full";
        }
        if (cause instanceof AccessDeniedException denied) {
            return "no permission: " + denied.getFile();
        }
        if (cause instanceof AccessControlException || text.endsWith("(Permission denied)")) {
            return "no permission: " + firstLine(cause);
        }
        if (cause instanceof NoSuchFileException missing) {
            return "no such file: " + missing.getFile();
        }
        if (cause instanceof BindException || text.contains("Address already in use")) {
            return "a port is taken, or an address is not this machine's; choose another, or 0 for any: "
                    + firstLine(cause);
        }
        if (cause instanceof UnknownHostException) {
            return "the host name " + text.split(":", 2)[0]
                    + " cannot be resolved; if it is this machine's, set SPARK_LOCAL_IP to its address";
        }
        return cause instanceof FileSystemException files ? firstLine(files) : null;
    }

    // Only what is loaded by a library: that a class of a jar is missing is something else.
    private static boolean isNative(Throwable cause, String text) {
        return cause instanceof UnsatisfiedLinkError
                || text.contains("UnsatisfiedLinkError")
                || text.contains("snappy");
    }

    private static String outOfMemory() {
        return String.format(
                Locale.ROOT,
                "out of memory; the driver may use %,d MB: give it more with --driver-memory before the command, such as"
                        + " ./submit.sh --driver-memory 16g train, or on a cluster the executors with --executor-memory",
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static String firstLine(Throwable failure) {
        return failure.getMessage() == null
                ? failure.toString()
                : failure.getMessage().strip().lines().findFirst().orElse(failure.toString());
    }

    // Where in this program.
    private static String place(Throwable origin) {
        return Arrays.stream(origin.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("org.sparkautoencoder."))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }
}
