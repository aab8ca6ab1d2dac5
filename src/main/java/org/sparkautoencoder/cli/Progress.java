package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
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
        return switch (kind) {
            case AUTO -> isTerminal() ? new Bar(epochs) : new Plain("", epochs, out);
            case BAR -> new Bar(epochs);
            case PLAIN -> new Plain("", epochs, out);
            case NONE -> new None();
        };
    }

    /** Begins to show one of several trainings side by side, whose lines begin with {@code name}. */
    static Progress beside(Kind kind, String name, int epochs, PrintStream out) {
        return kind == Kind.NONE ? new None() : new Plain(name + "  ", epochs, out);
    }

    abstract void epoch(Epoch epoch);

    @Override
    public abstract void close();

    // From JDK 22 on a console exists without a terminal too, and can be asked.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
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

    /** A line that is redrawn. */
    private static final class Bar extends Progress {
        private final ProgressBar bar;
        private String testError = "";

        Bar(int epochs) {
            bar = new ProgressBarBuilder()
                    .setTaskName("epochs")
                    .setInitialMax(epochs)
                    .setUpdateIntervalMillis(200)
                    .build();
        }

        @Override
        void epoch(Epoch epoch) {
            if (epoch.testError() != null) {
                testError = " test " + text(epoch.testError());
            }
            bar.stepTo(epoch.epoch() + 1L);
            bar.setExtraMessage(String.format(
                    Locale.ROOT,
                    "train %s%s  %,.0f rows/s",
                    text(epoch.trainError()),
                    testError,
                    epoch.rowsPerSecond()));
        }

        @Override
        public void close() {
            bar.close();
        }
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
        private int first = -1;
        private long firstAt;

        Plain(String name, int epochs, PrintStream out) {
            this.name = name;
            this.epochs = epochs;
            this.out = out;
        }

        @Override
        void epoch(Epoch epoch) {
            long now = System.nanoTime();
            if (first < 0) {
                first = epoch.epoch();
                firstAt = now;
            }
            boolean due = now - printed >= INTERVAL_NANOS || epoch.epoch() == epochs - 1 || epoch.diverged();
            boolean evaluated = epoch.testError() != null && epoch.epoch() % INTERVAL_EPOCHS == 0;
            if (!due && (!evaluated || !name.isEmpty())) {
                return;
            }
            printed = now;
            String left = epoch.epoch() > first
                    ? String.format(
                            Locale.ROOT,
                            "  %.0f s left at most",
                            (now - firstAt) / 1e9 / (epoch.epoch() - first) * (epochs - 1 - epoch.epoch()))
                    : "";
            out.printf(
                    Locale.ROOT,
                    "%sepoch %3d of %d  train %s  %s  %,.0f rows/s%s%n",
                    name,
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
}
