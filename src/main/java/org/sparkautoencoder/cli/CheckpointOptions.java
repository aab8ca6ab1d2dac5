package org.sparkautoencoder.cli;

import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.runs.InvalidSettingsException;
import org.sparkautoencoder.training.CheckpointSettings;
import picocli.CommandLine.Option;

/** When checkpoints are written, and where; they do not change the result. */
final class CheckpointOptions {
    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description =
                    "write a checkpoint after every N epochs, from which a run that is cut off can go on; 0 for none "
                            + "(default: " + CheckpointSettings.DEFAULT_EPOCHS
                            + ", beginning when a training has lasted a "
                            + "minute)")
    private Integer epochs;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "M",
            description =
                    "write a checkpoint at the first end of an epoch after every M minutes instead (default: none)")
    private Double minutes;

    @Option(
            names = "--checkpoint",
            paramLabel = "FOLDER",
            description = "folder for checkpoints, on any file system that Hadoop has; each run has a folder of its id "
                    + "there (default: checkpoints in the folder of results)")
    private String folder;

    @Option(
            names = "--keep-checkpoints",
            description = "keep the last two checkpoints of a run when it has ended (default: no)")
    private boolean keep;

    /** The settings of runs whose results are in a folder. */
    CheckpointSettings settings(Path results) {
        boolean asked = epochs != null || minutes != null;
        try {
            return new CheckpointSettings(
                    folder(results),
                    epochs != null ? epochs : minutes != null ? 0 : CheckpointSettings.DEFAULT_EPOCHS,
                    minutes == null ? 0 : minutes,
                    asked ? 0 : CheckpointSettings.DEFAULT_PATIENCE,
                    keep);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    /** The folder of the checkpoints of all runs. */
    Path folder(Path results) {
        return folder == null ? CheckpointSettings.folder(results) : new Path(folder);
    }
}
