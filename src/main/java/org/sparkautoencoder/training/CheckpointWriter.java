package org.sparkautoencoder.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Snapshot;

/**
 * Writes the checkpoints of a run, in a thread of its own, so that a step waits for no more than a copy. While one is being
 * written, none is taken. What cannot be written is a warning, once.
 */
public final class CheckpointWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);
    private static final long CLOSE_SECONDS = 60;

    private final CheckpointSettings settings;
    private final CheckpointFolder folder;
    private final Layers layers;
    private final Map<String, Object> about;
    private final IntSupplier written;
    private final ExecutorService writing = Executors.newSingleThreadExecutor(CheckpointWriter::thread);
    private final long begin = System.nanoTime();

    // Guarded by the lock.
    private boolean busy;
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
        return new CheckpointWriter(settings, folder, layers, about, written, epochs);
    }

    /**
     * Takes a snapshot if it is time for it; by the thread that ends an epoch.
     *
     * @param epochs all that this process has trained, by their number
     */
    synchronized void completed(
            Snapshot snapshot, List<Double> errors, NavigableMap<Integer, Epoch> epochs, int attempts) {
        long now = System.nanoTime();
        if (!busy
                && !writing.isShutdown()
                && settings.isDue(snapshot.epochs() - lastEpochs, (now - lastTime) / 1e9, (now - begin) / 1e9)) {
            Checkpoint checkpoint = new Checkpoint(
                    snapshot.copy(),
                    errors,
                    List.copyOf(epochs.tailMap(written.getAsInt(), true).values()),
                    attempts,
                    about);
            lastEpochs = snapshot.epochs();
            lastTime = now;
            busy = true;
            writing.execute(() -> {
                write(checkpoint);
                endWriting();
            });
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
                LOG.warn("the checkpoints in {} cannot be removed: {}", folder.path(), AtomicOutput.reason(e));
            }
        }
    }

    private synchronized void endWriting() {
        busy = false;
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
                            "the checkpoint after epoch {} cannot be written to {}: {}; further failures are not"
                                    + " logged",
                            checkpoint.snapshot().epochs() - 1,
                            folder.path(),
                            AtomicOutput.reason(e));
                }
            }
            return false;
        }
    }

    /** Ends the thread when what it is writing is written. */
    @Override
    public void close() {
        writing.shutdown();
        try {
            if (!writing.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a checkpoint is still being written to {} after {} s", folder.path(), CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "checkpoints");
        thread.setDaemon(true);
        return thread;
    }
}
