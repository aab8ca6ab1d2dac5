package org.sparkautoencoder.csv;

import java.io.Serializable;

/**
 * How CSV files are to be read.
 *
 * @param labelColumn {@code auto}, {@code first}, {@code last}, the name of a column in the header, or its number from 1
 * @param pixelScale which pixel value becomes 1
 * @param unlabelled whether rows may have no label, or labels other than 0..9
 * @param badRows what happens to a row that cannot be used
 * @param maxBadRows the fraction of rows that may be skipped, 0..1
 * @param partitions minimum number of parts that the files are split into; 0 for one by the number of cores
 */
public record CsvSettings(
        String labelColumn,
        PixelScale pixelScale,
        boolean unlabelled,
        BadRows badRows,
        double maxBadRows,
        int partitions)
        implements Serializable {
    /** Labels are found, pixels are scaled as the data show, and the first bad row is an error. */
    public static final CsvSettings DEFAULTS = new CsvSettings("auto", PixelScale.AUTO, false, BadRows.FAIL, 0.01, 0);

    /** The pixel value that becomes 1. */
    public enum PixelScale {
        /** 1 or 255, as the data show; one decision for the whole data set. */
        AUTO(255),
        /** Pixels are 0..1. */
        ONE(1),
        /** Pixels are 0..255. */
        BYTE(255);

        private final int largest;

        PixelScale(int largest) {
            this.largest = largest;
        }

        /** The largest pixel value that can be accepted while reading. */
        public int largest() {
            return largest;
        }

        /** The scale that a setting names: auto, 1 or 255. */
        public static PixelScale of(String text) {
            return switch (text) {
                case "auto" -> AUTO;
                case "1" -> ONE;
                case "255" -> BYTE;
                default -> throw new IllegalArgumentException("pixel scale must be auto, 1 or 255, got " + text);
            };
        }
    }

    /** What happens to a row that cannot be used. */
    public enum BadRows {
        /** The first one is an error. */
        FAIL,
        /** They are left out and counted. */
        SKIP;

        /** What a setting names: fail or skip. */
        public static BadRows of(String text) {
            return switch (text) {
                case "fail" -> FAIL;
                case "skip" -> SKIP;
                default -> throw new IllegalArgumentException("bad rows must be fail or skip, got " + text);
            };
        }
    }

    public CsvSettings {
        if (labelColumn.isBlank()) {
            throw new IllegalArgumentException(
                    "label column must be auto, first, last, a name or a number, got nothing");
        }
        if (labelColumn.matches("[+-]?\\d+") && !labelColumn.matches("0*[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("label columns are numbered from 1, got " + labelColumn);
        }
        if (!(maxBadRows >= 0 && maxBadRows <= 1)) {
            throw new IllegalArgumentException("the fraction of bad rows must be 0..1, got " + maxBadRows);
        }
        if (partitions < 0) {
            throw new IllegalArgumentException("partitions must be 0 or more, got " + partitions);
        }
    }

    public CsvSettings withLabelColumn(String column) {
        return new CsvSettings(column, pixelScale, unlabelled, badRows, maxBadRows, partitions);
    }

    public CsvSettings withPixelScale(PixelScale scale) {
        return new CsvSettings(labelColumn, scale, unlabelled, badRows, maxBadRows, partitions);
    }

    public CsvSettings withUnlabelled(boolean may) {
        return new CsvSettings(labelColumn, pixelScale, may, badRows, maxBadRows, partitions);
    }

    public CsvSettings withBadRows(BadRows what, double most) {
        return new CsvSettings(labelColumn, pixelScale, unlabelled, what, most, partitions);
    }

    public CsvSettings withPartitions(int number) {
        return new CsvSettings(labelColumn, pixelScale, unlabelled, badRows, maxBadRows, number);
    }
}
