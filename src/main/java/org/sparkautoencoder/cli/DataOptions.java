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
            description = "column of the label: auto, first, last, a name in the header, or a number from 1 (default "
                    + "${DEFAULT-VALUE})")
    private String labelColumn;

    @Option(
            names = "--pixel-scale",
            paramLabel = "SCALE",
            defaultValue = "auto",
            description = "largest pixel value, which becomes 1: auto, 1 or 255 (default ${DEFAULT-VALUE})")
    private String pixelScale;

    @Option(
            names = "--unlabelled",
            description = "accept rows without a label, or with one other than 0..9 (default: they are bad rows)")
    private boolean unlabelled;

    @Option(
            names = "--bad-rows",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description = "what to do with bad rows: fail at the first one, or skip and count them (default "
                    + "${DEFAULT-VALUE})")
    private String badRows;

    @Option(
            names = "--max-bad-rows",
            paramLabel = "FRACTION",
            defaultValue = "0.01",
            description = "with skip: maximum fraction of rows that may be skipped, 0..1 (default ${DEFAULT-VALUE})")
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
