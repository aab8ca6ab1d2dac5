package org.sparkautoencoder.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Detects the dialect of a data set from its first rows. */
final class DialectDetector {
    private static final int MOST_LINES = 1000;
    private static final long MOST_BYTES = 8L << 20;

    private final String file;
    private final List<float[]> rows = new ArrayList<>();
    private long bytes;
    private String header;
    private int headerLine;

    private DialectDetector(String file) {
        this.file = file;
    }

    /** Reads the first rows, from as many files as needed, so that the files' sizes do not matter; null without rows. */
    static DialectDetector read(InputFiles files, CsvSettings settings) {
        DialectDetector head = null;
        for (int file = 0; file < files.count() && (head == null || head.wantsMore()); file++) {
            DialectDetector reading = head == null ? new DialectDetector(files.name(file)) : head;
            try (LineReader lines = files.open(file)) {
                reading.read(lines, settings);
            } catch (IOException | BadInputException e) {
                if (reading.isEmpty()) {
                    throw new BadInputException(files.name(file) + " cannot be read: " + InputFiles.reason(e), e);
                }
                return reading; // reading all of it reports the first error
            }
            head = reading.isEmpty() ? null : reading;
        }
        return head;
    }

    private boolean isEmpty() {
        return header == null && rows.isEmpty();
    }

    private boolean wantsMore() {
        return rows.size() < MOST_LINES && bytes < MOST_BYTES;
    }

    private void read(LineReader lines, CsvSettings settings) throws IOException {
        boolean first = true;
        int line = 0;
        while (wantsMore() && lines.advance()) {
            line++;
            if (first) {
                lines.skipByteOrderMark();
            }
            if (lines.isBlank()) {
                continue;
            }
            if (first) {
                first = false;
                String text = lines.text();
                if (CsvHeader.isHeader(CsvHeader.names(text), settings)) {
                    if (isEmpty()) {
                        header = text;
                        headerLine = line;
                    }
                    continue;
                }
            }
            rows.add(RowParser.numbers(lines.buffer(), lines.start(), lines.end()));
            bytes += lines.end() - lines.start();
        }
    }

    /** Everything but the scale, which stays as the settings have it. */
    CsvDialect dialect(CsvSettings settings, CsvDialect like) {
        int columns = header != null ? CsvHeader.names(header).length : mostCommonColumns();
        if (columns == 1 && !settings.unlabelled()) {
            throw new BadInputException(
                    file + " has rows of 1 column, which cannot be pixels and a label; separate columns by commas");
        }
        int label = labelColumn(settings, columns, like);
        if (columns == 1 && label == 0) {
            throw new BadInputException(file + " has no pixels: its one column is the label");
        }
        int leading = header == null ? 0 : CsvHeader.leading(CsvHeader.names(header));
        if (columns - leading - (label < 0 ? 0 : 1) < 1 || (label >= 0 && label < leading)) {
            throw new BadInputException(file + ", line " + headerLine + ": the header names no pixels after '"
                    + CsvHeader.names(header)[leading - 1] + "', or the label before it");
        }
        return new CsvDialect(header, columns, leading, label, settings.pixelScale());
    }

    private int mostCommonColumns() {
        Map<Integer, Integer> numbers = new HashMap<>();
        int most = rows.get(0).length;
        for (float[] row : rows) {
            numbers.merge(row.length, 1, Integer::sum);
            if (numbers.get(row.length) > numbers.getOrDefault(most, 0)) {
                most = row.length;
            }
        }
        return most;
    }

    private int labelColumn(CsvSettings settings, int columns, CsvDialect like) {
        String wanted = settings.labelColumn();
        if (wanted.equals("first") || wanted.equals("last")) {
            return wanted.equals("first") ? 0 : columns - 1;
        }
        if (wanted.equals("auto")) {
            if (header != null) {
                return named("label", settings.unlabelled());
            }
            boolean alike = like != null && like.columns() == columns;
            if (settings.unlabelled() || (alike && like.header() == null)) {
                return alike ? like.labelColumn() : -1;
            }
            return guess(columns, alike ? like.labelColumn() : -1);
        }
        if (CsvHeader.isName(wanted)) {
            if (header == null && like != null && like.columns() == columns) {
                return like.labelColumn();
            }
            if (header == null) {
                throw new BadInputException(file + " has no header, so no column '" + wanted
                        + "'; give --label-column as first, last or a number from 1");
            }
            return named(wanted, false);
        }
        int number = Integer.parseInt(wanted);
        if (number > columns) {
            throw new BadInputException(file + " has " + columns + " columns, so no label column " + number);
        }
        return number - 1;
    }

    private int named(String wanted, boolean mayMiss) {
        List<Integer> found = CsvHeader.columns(header, wanted);
        if (found.size() > 1) {
            throw new BadInputException(
                    file + ", line " + headerLine + ": columns " + (found.get(0) + 1) + " and " + (found.get(1) + 1)
                            + " are both called '" + wanted + "' in the header; give --label-column as a number");
        }
        if (found.isEmpty() && !mayMiss) {
            throw new BadInputException(file + ", line " + headerLine + ": the header has no column '" + wanted
                    + "'; name the right one (--label-column), or say that there is none (--unlabelled)");
        }
        return found.isEmpty() ? -1 : found.get(0);
    }

    /**
     * Without a header, the label is the first or the last column: the one that holds whole numbers 0..9 and little
     * else, and more than one of them (a picture's corner pixel does, too, where it is always 0). If both do, or
     * neither, it is {@code otherwise}, and if that is -1, it cannot be told.
     */
    private int guess(int columns, int otherwise) {
        int first = distinctLabels(0, columns);
        int last = distinctLabels(columns - 1, columns);
        if (first > 1 && last <= 1) {
            return 0;
        }
        if (last > 1 && first <= 1) {
            return columns - 1;
        }
        if (otherwise >= 0) {
            return otherwise;
        }
        throw new BadInputException(file + " has no header, and whether the label is its first or its last column "
                + "cannot be told; say which (--label-column first or last), "
                + "or that there is none (--unlabelled)");
    }

    /** How many different labels a column holds; 0 where more than a quarter of it is anything else. */
    private int distinctLabels(int column, int columns) {
        int seen = 0;
        int labels = 0;
        int others = 0;
        for (float[] row : rows) {
            if (row.length == columns) {
                float value = row[column];
                if (value >= 0 && value <= 9 && value == (int) value) {
                    seen |= 1 << (int) value;
                    labels++;
                } else {
                    others++;
                }
            }
        }
        return others * 4 > labels + others ? 0 : Integer.bitCount(seen);
    }

    /**
     * The scale that most of these rows speak for: a value above 1 for 255, else a fraction for 1. AUTO where none speaks
     * (all values 0 and 1), or as many for one as for the other.
     */
    CsvSettings.PixelScale scale(CsvDialect dialect) {
        int votes = 0;
        for (float[] row : rows) {
            if (row.length == dialect.columns()) {
                votes += vote(row, dialect.leading(), dialect.labelColumn());
            }
        }
        return votes == 0
                ? CsvSettings.PixelScale.AUTO
                : votes > 0 ? CsvSettings.PixelScale.BYTE : CsvSettings.PixelScale.ONE;
    }

    private static int vote(float[] row, int leading, int labelColumn) {
        boolean fraction = false;
        float largest = 0;
        for (int i = leading; i < row.length; i++) {
            if (i != labelColumn) {
                float value = row[i];
                if (!(value >= 0 && value <= 255)) {
                    return 0;
                }
                largest = Math.max(largest, value);
                fraction |= value != (int) value;
            }
        }
        if (largest > 1) {
            return 1;
        }
        return fraction ? -1 : 0;
    }
}
