package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkautoencoder.training.Epoch;

/**
 * Shows the progress of one training or of several at once. On a terminal, each has a line, redrawn in place below what has been
 * printed; elsewhere each prints a line every few seconds. Any thread.
 */
final class ProgressDisplay {
    private static final long INTERVAL_NANOS = 200_000_000L;

    private final Progress.Kind kind;
    private final PrintStream out;
    private final boolean live;
    private final List<LiveLine> lines = new ArrayList<>();
    private int drawn;
    private long drawnAt = System.nanoTime() - INTERVAL_NANOS;

    ProgressDisplay(Progress.Kind kind, PrintStream out) {
        this.kind = kind;
        this.out = out;
        this.live = Progress.isLive(kind);
    }

    /** A training begins. */
    Progress begin(String title, int epochs) {
        if (!live) {
            return Progress.lines(kind, title, epochs, out);
        }
        LiveLine line = new LiveLine(title, epochs);
        synchronized (this) {
            lines.add(line);
        }
        return line;
    }

    /** Prints a line that stays. */
    synchronized void print(String line) {
        if (kind != Progress.Kind.NONE) {
            clear();
            out.println(line);
            draw();
        }
    }

    private void clear() {
        if (drawn > 0) {
            // Up to the first live line, and all from there on cleared.
            out.printf("\r\u001b[%dA\u001b[J", drawn);
            drawn = 0;
        }
    }

    private void draw() {
        for (LiveLine line : lines) {
            // A line that is too long for the terminal is cut there, or the way up would be wrong.
            out.printf("\u001b[?7l%s\u001b[?7h%n", line.text);
        }
        drawn = lines.size();
        drawnAt = System.nanoTime();
        out.flush();
    }

    private synchronized void changed(LiveLine line, String text) {
        line.text = text;
        if (System.nanoTime() - drawnAt >= INTERVAL_NANOS) {
            clear();
            draw();
        }
    }

    private synchronized void ended(LiveLine line) {
        clear();
        lines.remove(line);
        draw();
    }

    /** The line of one training. */
    private final class LiveLine extends Progress {
        private final String title;
        private final int epochs;
        private final Progress.TimeLeft timeLeft;
        private String testError = "";
        private String text;

        LiveLine(String title, int epochs) {
            this.title = title;
            this.epochs = epochs;
            this.timeLeft = new Progress.TimeLeft(epochs);
            this.text = title;
        }

        @Override
        void epoch(Epoch epoch) {
            if (epoch.testError() != null) {
                testError = "  test " + text(epoch.testError());
            }
            changed(
                    this,
                    String.format(
                            Locale.ROOT,
                            "%sepoch %d of %d  train %s%s  %,.0f rows/s%s",
                            title.isEmpty() ? "" : title + "  ",
                            epoch.epoch() + 1,
                            epochs,
                            text(epoch.trainError()),
                            testError,
                            epoch.rowsPerSecond(),
                            timeLeft.after(epoch)));
        }

        @Override
        public void close() {
            ended(this);
        }
    }
}
