package org.sparkautoencoder.csv;

import java.io.Serializable;

/**
 * What the rows of a data set look like.
 *
 * @param header the first line of a file, null where there is none
 * @param columns columns of a row, the label's and the leading ones among them
 * @param leading how many columns come before all others that are neither pixels nor label, and are left out: see {@link
 *     CsvHeader#leading}
 * @param labelColumn which of them is the label, from 0; -1 where none is
 * @param scale which pixel value becomes 1
 */
public record CsvDialect(String header, int columns, int leading, int labelColumn, CsvSettings.PixelScale scale)
        implements Serializable {

    public CsvDialect {
        if (leading < 0
                || columns <= leading
                || labelColumn >= columns
                || (labelColumn != -1 && labelColumn < leading)) {
            throw new IllegalArgumentException(
                    "label column " + labelColumn + " of " + columns + " after " + leading + " others");
        }
    }

    /** Pixels of a row. */
    public int width() {
        return columns - leading - (labelColumn < 0 ? 0 : 1);
    }

    CsvDialect withScale(CsvSettings.PixelScale decided) {
        return new CsvDialect(header, columns, leading, labelColumn, decided);
    }

    /** One line for log and console. */
    public String describe() {
        return (header == null ? "no header" : "header")
                + (labelColumn < 0 ? ", no label" : ", label in column " + (labelColumn + 1) + " of " + columns)
                + ", pixels 0.." + scale.largest();
    }
}
