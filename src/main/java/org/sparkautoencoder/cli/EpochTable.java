package org.sparkautoencoder.cli;

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

/** Puts epochs into their table while the training goes on, a file every few seconds, and shows them. */
final class EpochTable implements TrainingListener {
    private static final long INTERVAL_NANOS = 4_000_000_000L;

    private final ResultTables tables;
    private final String model;
    private final Progress progress;
    private final List<EpochRow> rows = new ArrayList<>();
    private long written = System.nanoTime() - INTERVAL_NANOS;
    private Epoch last;

    EpochTable(ResultTables tables, String model, Progress progress) {
        this.tables = tables;
        this.model = model;
        this.progress = progress;
    }

    /** The last epoch; null before there is one. */
    Epoch last() {
        return last;
    }

    /** The last epoch's training error; null if there is none. */
    Double lastTrainError() {
        return last == null || last.diverged() ? null : last.trainError();
    }

    /** The last epoch's test error; null if it was not evaluated. */
    Double lastTestError() {
        return last == null ? null : last.testError();
    }

    @Override
    public void epoch(Epoch epoch) {
        last = epoch;
        progress.epoch(epoch);
        TimeSpent spent = epoch.spent();
        rows.add(new EpochRow(
                model,
                epoch.epoch(),
                epoch.attempt(),
                epoch.diverged() ? null : epoch.trainError(),
                epoch.testError(),
                epoch.seconds(),
                epoch.rowsPerSecond(),
                epoch.diverged(),
                epoch.diverged() ? null : epoch.trainLoss(),
                epoch.testLoss(),
                spent == null ? null : spent.computeSeconds(),
                spent == null ? null : spent.copySeconds(),
                spent == null ? null : spent.wireSeconds(),
                spent == null ? null : spent.waitSeconds(),
                epoch.trainErrorAtEnd()));
        waiting();
    }

    @Override
    public void waiting() {
        if (System.nanoTime() - written > INTERVAL_NANOS) {
            flush();
        }
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
        rows.clear();
        written = System.nanoTime();
    }
}
