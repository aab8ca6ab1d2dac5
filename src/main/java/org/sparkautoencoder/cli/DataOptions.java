package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.CsvSettings.BadRows;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.csv.ScaleSetting;
import org.sparkautoencoder.runs.InvalidSettingsException;
import picocli.CommandLine.Option;

/** How files of rows are to be read, and what was understood of them. */
final class DataOptions {
    /** The format of files of rows, of commands whose output has none. */
    static final class Format {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "auto",
                description =
                        "file format of the rows: csv, parquet, libsvm, or auto, by name and first bytes (default "
                                + "${DEFAULT-VALUE})")
        CsvSettings.FileFormat value;
    }

    @Option(
            names = {"--label-column", "--label-columns"},
            paramLabel = "COLUMN",
            split = ",",
            description = "column of the label: first, last, a name in the header, or a number from 1; or several, of "
                    + "which the one that holds a 1 says the class (default: the column with the name of a label, or "
                    + "the one that must be it)")
    private List<String> labelColumns = List.of();

    @Option(names = "--unlabelled", description = "accept rows without a label (default: they are bad rows)")
    private boolean unlabelled;

    @Option(
            names = "--ignore-columns",
            paramLabel = "COLUMN",
            split = ",",
            description = "columns to leave out, as names or numbers from 1 (default: none but a nameless one, id or "
                    + "index that numbers the rows)")
    private List<String> ignoredColumns = List.of();

    @Option(
            names = "--delimiter",
            paramLabel = "WHICH",
            defaultValue = "auto",
            description = "what separates cells: auto, comma, tab, semicolon, space or any character (default "
                    + "${DEFAULT-VALUE})")
    private String delimiter;

    @Option(
            names = {"--scale", "--pixel-scale"},
            paramLabel = "SCALE",
            defaultValue = "auto",
            description = "scale of the values: auto; a number such as 255, which becomes 1; minmax, each column to "
                    + "0..1; standard, each column to mean 0 and deviation 1; or none (default ${DEFAULT-VALUE}; of a "
                    + "saved model, that of its training)")
    private String scale;

    @Option(
            names = "--missing",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description = "what a missing value (an empty cell, ?, NA, NaN) is: fail, a bad row; mean, the mean of its "
                    + "column in the training rows; or zero (default ${DEFAULT-VALUE})")
    private CsvSettings.Missing missing;

    @Option(
            names = "--bad-rows",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description = "what to do with bad rows: fail at the first one, or skip and count them (default "
                    + "${DEFAULT-VALUE})")
    private BadRows badRows;

    @Option(
            names = "--max-bad-rows",
            paramLabel = "FRACTION",
            defaultValue = "0.01",
            description = "with skip: maximum fraction of rows that may be skipped, 0..1 (default ${DEFAULT-VALUE})")
    private double maxBadRows;

    CsvSettings settings() {
        try {
            return CsvSettings.DEFAULTS
                    .withLabelColumns(labelColumns.equals(List.of("auto")) ? List.of() : labelColumns)
                    .withIgnoredColumns(ignoredColumns)
                    .withDelimiter(CsvSettings.delimiter(delimiter))
                    .withScale(ScaleSetting.of(scale))
                    .withMissing(missing)
                    .withUnlabelled(unlabelled)
                    .withBadRows(badRows, maxBadRows);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    /**
     * Prints what was understood of the files.
     *
     * @param what the rows are for, a word
     */
    static void print(String what, LoadedRows rows, PrintStream out) {
        String name = what;
        for (String line : rows.description()) {
            out.printf("%-8s %s%n", name, line);
            name = "";
        }
    }
}
