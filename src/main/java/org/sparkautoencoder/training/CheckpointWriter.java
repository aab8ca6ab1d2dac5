package org.sparkautoencoder.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.IntSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Snapshot;

/**
 * Writes the checkpoints of a run, in a thread of its own, so that a step waits for no more than a copy. While one is being
 * written, none is taken. What cannot be written is a warning, once.
 */
public final class CheckpointWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);
    private static final long CLOSE_MILLIS = 60_000;

    private final CheckpointSettings settings;
    private final CheckpointFolder folder;
    private final Layers layers;
    private final Map<String, Object> about;
    private final IntSupplier written;
    private final Thread thread;
    private final long begin = System.nanoTime();

    // Guarded by the lock.
    private Checkpoint next;
    private boolean closed;
    private boolean warned;
    private int lastEpochs;
    private long lastTime = begin;

    private CheckpointWriter(
            CheckpointSettings settings,
            CheckpointFolder folder,
            Layers layers,
            Map<String, Object> about,
            IntSupplier written,
            int epochs) {
        this.settings = settings;
        this.folder = folder;
        this.layers = layers;
        this.about = about;
        this.written = written;
        this.lastEpochs = epochs;
        this.thread = new Thread(this::writeAll, "checkpoints");
        thread.setDaemon(true);
    }

    /**
     * Opens the writer of a run.
     *
     * @param about what a run that goes on needs to know; must have a form in JSON
     * @param written how many epochs the table of epochs has
     * @param epochs already trained
     */
    public static CheckpointWriter open(
            CheckpointSettings settings,
            String runId,
            Configuration conf,
            Layers layers,
            Map<String, Object> about,
            IntSupplier written,
            int epochs)
            throws IOException {
        CheckpointFolder folder = CheckpointFolder.at(new Path(settings.folder(), runId), conf);
        CheckpointWriter writer = new CheckpointWriter(settings, folder, layers, about, written, epochs);
        writer.thread.start();
        return writer;
    }

    /**
     * Takes a snapshot if it is time for it; by the thread that ends an epoch.
     *
     * @param epochs all that this process has trained, by their number
     */
    synchronized void completed(
            Snapshot snapshot, List<Double> errors, NavigableMap<Integer, Epoch> epochs, int attempts) {
        long now = System.nanoTime();
        if (next == null
                && settings.isDue(snapshot.epochs() - lastEpochs, (now - lastTime) / 1e9, (now - begin) / 1e9)) {
            next = new Checkpoint(
                    snapshot.copy(),
                    errors,
                    List.copyOf(epochs.tailMap(written.getAsInt(), true).values()),
                    attempts,
                    about);
            lastEpochs = snapshot.epochs();
            lastTime = now;
            notifyAll();
        }
    }

    /**
     * Writes a last checkpoint of a training that has not reached its end, when the others and the epochs are written.
     *
     * @return the folder; null if it could not be written
     */
    public Path writeLast(Checkpoint checkpoint) {
        close();
        return write(new Checkpoint(
                        checkpoint.snapshot(), checkpoint.errors(), List.of(), checkpoint.attempts(), about))
                ? folder.path()
                : null;
    }

    /** Removes the checkpoints of a run that has ended, unless they are to be kept. */
    public void ended() {
        close();
        if (!settings.keep()) {
            try {
                folder.delete();
            } catch (IOException e) {
                LOG.warn("the checkpoints in {} cannot be removed: {}", folder.path(), e.toString());
            }
        }
    }

    private void writeAll() {
        for (Checkpoint checkpoint = await(); checkpoint != null; checkpoint = await()) {
            write(checkpoint);
            synchronized (this) {
                next = null;
                notifyAll();
            }
        }
    }

    private synchronized Checkpoint await() {
        while (next == null && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        return next;
    }

    @SuppressWarnings("CatchingUnchecked") // FSError of a full disk too: the training goes on
    private boolean write(Checkpoint checkpoint) {
        try {
            folder.write(checkpoint, layers);
            return true;
        } catch (Exception | Error e) {
            synchronized (this) {
                if (!warned) {
                    warned = true;
                    LOG.warn(
                            "the checkpoint after epoch {} cannot be written to {}: {}; the training goes on, and this is"
                                    + " said once",
                            checkpoint.snapshot().epochs() - 1,
                            folder.path(),
                            e.toString());
                }
            }
            return false;
        }
    }

    /** Ends the thread when what it is writing is written. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
