package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.sparkautoencoder.training.Epoch;

/** Shows how a training goes. For one thread. */
abstract class Progress implements AutoCloseable {
    /** How progress can be shown. */
    enum Kind {
        AUTO,
        BAR,
        PLAIN,
        NONE
    }

    /** Begins to show a training of so many epochs, the only one. */
    static Progress of(Kind kind, int epochs, PrintStream out) {
        return isLive(kind) ? new ProgressDisplay(kind, out).begin("", epochs) : lines(kind, "", epochs, out);
    }

    /** Begins to show a training in lines of its own, which begin with {@code name}. */
    static Progress lines(Kind kind, String name, int epochs, PrintStream out) {
        return kind == Kind.NONE ? new None() : new Plain(name, epochs, out);
    }

    /** Whether progress is redrawn in place. */
    static boolean isLive(Kind kind) {
        return kind == Kind.BAR || (kind == Kind.AUTO && isTerminal());
    }

    abstract void epoch(Epoch epoch);

    @Override
    public abstract void close();

    // From JDK 22 on a console exists without a terminal too, and can be asked.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            return (boolean) System.console().getClass().getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return Runtime.version().feature() < 22;
        }
    }

    static String text(Double error) {
        return error == null ? "" : String.format(Locale.ROOT, "%.5f", error);
    }

    /** Lines: the first epoch, the last, one every few seconds and, of a lone training, every tenth with a test error. */
    private static final class Plain extends Progress {
        private static final long INTERVAL_NANOS = 5_000_000_000L;
        private static final int INTERVAL_EPOCHS = 10;

        private final String name;
        private final int epochs;
        private final PrintStream out;
        private final long begin = System.nanoTime();
        private long printed = begin - INTERVAL_NANOS;
        private final TimeLeft timeLeft;

        Plain(String name, int epochs, PrintStream out) {
            this.name = name;
            this.epochs = epochs;
            this.out = out;
            this.timeLeft = new TimeLeft(epochs);
        }

        @Override
        void epoch(Epoch epoch) {
            long now = System.nanoTime();
            String left = timeLeft.after(epoch);
            boolean due = now - printed >= INTERVAL_NANOS || epoch.epoch() == epochs - 1 || epoch.diverged();
            boolean evaluated = epoch.testError() != null && epoch.epoch() % INTERVAL_EPOCHS == 0;
            if (!due && (!evaluated || !name.isEmpty())) {
                return;
            }
            printed = now;
            out.printf(
                    Locale.ROOT,
                    "%s%sepoch %3d of %d  train %s  %s  %,.0f rows/s%s%n",
                    name,
                    name.isEmpty() ? "" : "  ",
                    epoch.epoch(),
                    epochs,
                    epoch.diverged() ? "diverged" : text(epoch.trainError()),
                    epoch.testError() == null ? "            " : "test " + text(epoch.testError()),
                    epoch.rowsPerSecond(),
                    left);
        }

        @Override
        public void close() {}
    }

    private static final class None extends Progress {
        @Override
        void epoch(Epoch epoch) {}

        @Override
        public void close() {}
    }

    /** The remaining time of a training at most, estimated from its epochs so far. For one thread. */
    static final class TimeLeft {
        private final int epochs;
        private int first = -1;
        private long firstAt;

        /** @param epochs the most that there will be */
        TimeLeft(int epochs) {
            this.epochs = epochs;
        }

        /** After an epoch, which must be told of each; empty after the first. */
        String after(Epoch epoch) {
            long now = System.nanoTime();
            if (first < 0) {
                first = epoch.epoch();
                firstAt = now;
            }
            if (epoch.epoch() <= first) {
                return "";
            }
            double perEpoch = (now - firstAt) / 1e9 / (epoch.epoch() - first);
            return String.format(Locale.ROOT, "  %.0f s left at most", perEpoch * (epochs - 1 - epoch.epoch()));
        }
    }
}
