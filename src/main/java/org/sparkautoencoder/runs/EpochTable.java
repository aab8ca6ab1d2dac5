package org.sparkautoencoder.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.sparkautoencoder.exchange.TimeSpent;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.training.Epoch;
import org.sparkautoencoder.training.TrainingListener;

/** Writes epochs to their table during the training, a file every few seconds, and calls a listener. */
final class EpochTable implements TrainingListener {
    private static final long INTERVAL_NANOS = 4_000_000_000L;

    private final ResultTables tables;
    private final RunInfo run;
    private final RunListener listener;
    private final List<EpochRow> rows = new ArrayList<>();
    private long flushed = System.nanoTime() - INTERVAL_NANOS;
    private volatile int written;
    private Epoch last;

    EpochTable(ResultTables tables, RunInfo run, RunListener listener) {
        this.tables = tables;
        this.run = run;
        this.listener = listener;
    }

    /**
     * Begins with what a checkpoint has and the table may lack.
     *
     * @param before how many epochs the table has
     */
    void restore(List<Epoch> unwritten, int before) {
        written = before;
        for (Epoch epoch : unwritten) {
            last = epoch;
            if (epoch.epoch() >= before) {
                rows.add(row(epoch));
            }
        }
        flush();
    }

    /** How many epochs the table has; from any thread. */
    int written() {
        return written;
    }

    /** The last epoch; null before there is one. */
    Epoch last() {
        return last;
    }

    @Override
    public void epoch(Epoch epoch) {
        last = epoch;
        listener.epochCompleted(run, epoch);
        rows.add(row(epoch));
        waiting();
    }

    private EpochRow row(Epoch epoch) {
        TimeSpent spent = epoch.spent();
        return new EpochRow(
                run.model(),
                epoch.epoch(),
                epoch.attempt(),
                new EpochRow.Errors(epoch.diverged() ? null : epoch.trainError(), epoch.testError()),
                new EpochRow.Duration(epoch.seconds(), epoch.rowsPerSecond()),
                epoch.diverged(),
                new EpochRow.Losses(epoch.diverged() ? null : epoch.trainLoss(), epoch.testLoss()),
                spent == null
                        ? EpochRow.Times.NOT_MEASURED
                        : new EpochRow.Times(
                                spent.computeSeconds(), spent.copySeconds(), spent.wireSeconds(), spent.waitSeconds()),
                epoch.trainErrorAtEnd());
    }

    @Override
    public void waiting() {
        if (System.nanoTime() - flushed > INTERVAL_NANOS) {
            flush();
        }
    }

    @Override
    public void paused() {
        flush();
    }

    /** Writes what is not written yet. */
    void flush() {
        if (rows.isEmpty()) {
            return;
        }
        try {
            tables.append(Table.EPOCHS, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written = Math.max(written, rows.get(rows.size() - 1).epoch() + 1);
        rows.clear();
        flushed = System.nanoTime();
    }
}
