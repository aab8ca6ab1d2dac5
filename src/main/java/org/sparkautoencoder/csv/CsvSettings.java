package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How files of rows are to be read.
 *
 * @param labelColumns the column of the label, or the columns of which the one with a 1 says the class: each {@code first},
 *     {@code last}, a name in the header, or a number from 1; empty where the column is to be found
 * @param ignoredColumns columns that are left out, as names or numbers from 1
 * @param delimiter between cells; 0 where it is to be found
 * @param scale which scale values are brought to
 * @param missing what is done with a missing value
 * @param unlabelled whether rows may have no label
 * @param badRows what happens to a row that cannot be used
 * @param maxBadRows the fraction of rows that may be skipped, 0..1
 * @param format what the files are
 * @param partitions minimum number of parts that the files are split into; 0 for one by the number of cores
 */
public record CsvSettings(
        List<String> labelColumns,
        List<String> ignoredColumns,
        char delimiter,
        ScaleSetting scale,
        Missing missing,
        boolean unlabelled,
        BadRows badRows,
        double maxBadRows,
        FileFormat format,
        int partitions)
        implements Serializable {
    /** All is found out, and the first bad row is an error. */
    public static final CsvSettings DEFAULTS = new CsvSettings(
            List.of(),
            List.of(),
            (char) 0,
            ScaleSetting.AUTO,
            Missing.FAIL,
            false,
            BadRows.FAIL,
            0.01,
            FileFormat.AUTO,
            0);

    /** What is done with a missing value: an empty cell, ?, NA or NaN. */
    public enum Missing {
        /** The row is bad. */
        FAIL,
        /** It is taken as the mean of its column in the training rows. */
        MEAN,
        /** It is taken as 0. */
        ZERO
    }

    /** What happens to a row that cannot be used. */
    public enum BadRows {
        /** The first one is an error. */
        FAIL,
        /** They are left out and counted. */
        SKIP
    }

    /** What files of rows are. */
    public enum FileFormat {
        /** By their names: .parquet; .libsvm, .svm or .svmlight; else CSV. */
        AUTO,
        /** Lines of cells. */
        CSV,
        /** Columns of numbers, text, vectors or arrays. */
        PARQUET,
        /** Lines of a label and index:value pairs. */
        LIBSVM;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The format of a file; AUTO becomes one of the others. */
        FileFormat of(String path) {
            String name = path.toLowerCase(Locale.ROOT);
            return this != AUTO
                    ? this
                    : name.endsWith(".parquet") ? PARQUET : name.matches(".*\\.(libsvm|svm|svmlight)") ? LIBSVM : CSV;
        }
    }

    public CsvSettings {
        labelColumns = List.copyOf(labelColumns);
        ignoredColumns = List.copyOf(ignoredColumns);
        labelColumns.forEach(column -> requireColumn("label", column));
        ignoredColumns.forEach(column -> requireColumn("ignored", column));
        if (!(maxBadRows >= 0 && maxBadRows <= 1)) {
            throw new IllegalArgumentException("the fraction of bad rows must be 0..1, got " + maxBadRows);
        }
        if (partitions < 0) {
            throw new IllegalArgumentException("partitions must be 0 or more, got " + partitions);
        }
    }

    private static void requireColumn(String what, String column) {
        if (column.isBlank()) {
            throw new IllegalArgumentException(
                    "the " + what + " column must be first, last, a name or a number, got nothing");
        }
        if (column.matches("[+-]?\\d+") && !column.matches("0*[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(what + " columns are numbered from 1, got " + column);
        }
    }

    /**
     * The delimiter that a setting names: auto, comma, tab, semicolon, space or one character.
     *
     * @return 0 for auto
     * @throws IllegalArgumentException for another text
     */
    public static char delimiter(String text) {
        return switch (text) {
            case "auto" -> 0;
            case "comma" -> ',';
            case "tab", "\\t" -> '\t';
            case "semicolon" -> ';';
            case "space" -> ' ';
            default -> {
                if (text.length() != 1 || text.charAt(0) > 127 || text.matches("[\"\\w.+-]")) {
                    throw new IllegalArgumentException(
                            "the delimiter must be auto, comma, tab, semicolon, space or one character, got " + text);
                }
                yield text.charAt(0);
            }
        };
    }

    public CsvSettings withLabelColumns(List<String> columns) {
        return changed(draft -> draft.labelColumns = columns);
    }

    public CsvSettings withIgnoredColumns(List<String> columns) {
        return changed(draft -> draft.ignoredColumns = columns);
    }

    public CsvSettings withDelimiter(char character) {
        return changed(draft -> draft.delimiter = character);
    }

    public CsvSettings withScale(ScaleSetting setting) {
        return changed(draft -> draft.scale = setting);
    }

    public CsvSettings withMissing(Missing what) {
        return changed(draft -> draft.missing = what);
    }

    public CsvSettings withUnlabelled(boolean may) {
        return changed(draft -> draft.unlabelled = may);
    }

    public CsvSettings withBadRows(BadRows what, double most) {
        return changed(draft -> {
            draft.badRows = what;
            draft.maxBadRows = most;
        });
    }

    public CsvSettings withFormat(FileFormat which) {
        return changed(draft -> draft.format = which);
    }

    public CsvSettings withPartitions(int number) {
        return changed(draft -> draft.partitions = number);
    }

    private CsvSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** A copy that can be changed. */
    private static final class Draft {
        private List<String> labelColumns;
        private List<String> ignoredColumns;
        private char delimiter;
        private ScaleSetting scale;
        private Missing missing;
        private boolean unlabelled;
        private BadRows badRows;
        private double maxBadRows;
        private FileFormat format;
        private int partitions;

        Draft(CsvSettings settings) {
            labelColumns = settings.labelColumns;
            ignoredColumns = settings.ignoredColumns;
            delimiter = settings.delimiter;
            scale = settings.scale;
            missing = settings.missing;
            unlabelled = settings.unlabelled;
            badRows = settings.badRows;
            maxBadRows = settings.maxBadRows;
            format = settings.format;
            partitions = settings.partitions;
        }

        CsvSettings settings() {
            return new CsvSettings(
                    labelColumns,
                    ignoredColumns,
                    delimiter,
                    scale,
                    missing,
                    unlabelled,
                    badRows,
                    maxBadRows,
                    format,
                    partitions);
        }
    }
}
