package org.sparkautoencoder.training;

import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * When checkpoints are written, and where.
 *
 * @param folder of those of all runs, each in a folder of its run id; on any Hadoop file system
 * @param epochs after how many epochs, at least 1; 0 for none
 * @param minutes or after how many minutes since the last one, above 0; 0 for none
 * @param patience how many seconds a training lasts before the first is written, at least 0
 * @param keep whether they stay when the run has ended
 */
public record CheckpointSettings(Path folder, int epochs, double minutes, double patience, boolean keep) {
    /** After how many epochs, unless the user says otherwise. */
    public static final int DEFAULT_EPOCHS = 10;

    /** What a training must last before checkpoints are worth their while, in seconds, unless the user asks for them. */
    public static final double DEFAULT_PATIENCE = 60;

    public CheckpointSettings {
        if (epochs < 0 || !(minutes >= 0)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "epochs and minutes between checkpoints are at least 0, got %d and %s",
                    epochs,
                    minutes));
        }
    }

    /** Those of runs with no settings of their own: below the folder of results. */
    public static CheckpointSettings defaults(Path results) {
        return new CheckpointSettings(folder(results), DEFAULT_EPOCHS, 0, DEFAULT_PATIENCE, false);
    }

    /** The folder of the checkpoints of all runs below that of results. */
    public static Path folder(Path results) {
        return new Path(results, "checkpoints");
    }

    /** Whether any are written. */
    public boolean areWritten() {
        return epochs > 0 || minutes > 0;
    }

    /** Whether one is due. */
    boolean isDue(int epochsSince, double secondsSince, double secondsOfTraining) {
        return secondsOfTraining >= patience
                && ((epochs > 0 && epochsSince >= epochs) || (minutes > 0 && secondsSince >= 60 * minutes));
    }
}
