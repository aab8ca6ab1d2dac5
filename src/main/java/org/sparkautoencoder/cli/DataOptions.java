package org.sparkautoencoder.cli;

import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.CsvSettings.BadRows;
import org.sparkautoencoder.csv.CsvSettings.PixelScale;
import org.sparkautoencoder.runs.InvalidSettingsException;
import picocli.CommandLine.Option;

/** How CSV files are to be read. */
final class DataOptions {
    @Option(
            names = "--label-column",
            paramLabel = "COLUMN",
            defaultValue = "auto",
            description = "auto, first, last, a name in the header or a number from 1 (${DEFAULT-VALUE})")
    private String labelColumn;

    @Option(
            names = "--pixel-scale",
            paramLabel = "SCALE",
            defaultValue = "auto",
            description = "the pixel value that is white: auto, 1 or 255 (${DEFAULT-VALUE})")
    private String pixelScale;

    @Option(names = "--unlabelled", description = "rows may have no label, or one that is not 0..9")
    private boolean unlabelled;

    @Option(
            names = "--bad-rows",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description = "fail: stop at the first; skip: leave them out and count them (${DEFAULT-VALUE})")
    private String badRows;

    @Option(
            names = "--max-bad-rows",
            paramLabel = "FRACTION",
            defaultValue = "0.01",
            description = "with skip, the most that may be left out (${DEFAULT-VALUE})")
    private double maxBadRows;

    CsvSettings settings() {
        try {
            return CsvSettings.DEFAULTS
                    .withLabelColumn(labelColumn)
                    .withPixelScale(PixelScale.of(pixelScale))
                    .withUnlabelled(unlabelled)
                    .withBadRows(BadRows.of(badRows), maxBadRows);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
