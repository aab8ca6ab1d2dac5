package org.sparkautoencoder.digits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The first lines of a data set, and what can be told from them. */
final class CsvHead {
    private static final int MOST_LINES = 1000;
    private static final long MOST_BYTES = 8L << 20;

    private final String file;
    private final List<byte[]> rows = new ArrayList<>(); // each with its line end
    private String header;
    private String[] names = new String[0];

    private CsvHead(String file) {
        this.file = file;
    }

    /** Reads the head of the first file that is not empty; null where all are. */
    static CsvHead read(InputFiles files, CsvSettings settings) {
        for (int file = 0; file < files.count(); file++) {
            CsvHead head = new CsvHead(files.name(file));
            try (LineReader lines = files.open(file)) {
                head.read(lines, settings);
            } catch (IOException e) {
                throw new BadInputException(files.name(file) + " cannot be read: " + InputFiles.reason(e), e);
            } catch (BadInputException e) {
                throw new BadInputException(files.name(file) + ": " + e.getMessage(), e);
            }
            if (head.header != null || !head.rows.isEmpty()) {
                return head;
            }
        }
        return null;
    }

    private void read(LineReader lines, CsvSettings settings) throws IOException {
        boolean first = true;
        while (rows.size() < MOST_LINES && lines.offset() < MOST_BYTES && lines.advance()) {
            if (first) {
                lines.skipByteOrderMark();
            }
            if (lines.isBlank()) {
                continue;
            }
            if (first && isHeader(text(lines).split(",", -1), settings)) {
                header = text(lines);
                names = header.split(",", -1);
            } else {
                rows.add(Arrays.copyOfRange(lines.buffer(), lines.start(), lines.end() + 1));
            }
            first = false;
        }
    }

    private static String text(LineReader lines) {
        return new String(lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
    }

    private static boolean isHeader(String[] cells, CsvSettings settings) {
        int words = 0;
        boolean counts = settings.unlabelled() && cells.length > 3;
        for (int i = 0; i < cells.length; i++) {
            String name = name(cells[i]);
            if (name.equals("label") || (isName(settings.labelColumn()) && name.equals(name(settings.labelColumn())))) {
                return true;
            }
            boolean number = Float.isFinite(number(cells[i]));
            words += number ? 0 : 1;
            counts &= number && number(cells[i]) == i + number(cells[0]) && number(cells[0]) <= 1;
        }
        return counts || words * 2 > cells.length; // 0,1,2,... is a header without a label
    }

    private static boolean isName(String labelColumn) {
        return switch (labelColumn) {
            case "auto", "first", "last" -> false;
            default -> !labelColumn.matches("\\d+");
        };
    }

    private static String name(String cell) {
        return cell.strip().replaceAll("^\"|\"$", "").strip().toLowerCase(Locale.ROOT);
    }

    private static float number(String cell) {
        byte[] text = cell.strip().getBytes(StandardCharsets.UTF_8);
        return DecimalParser.parse(text, 0, text.length);
    }

    /** Everything but the scale, which stays as the settings have it. */
    CsvDialect dialect(CsvSettings settings, CsvDialect like) {
        int columns = header != null ? names.length : mostCommonColumns();
        int label = labelColumn(settings, columns, like);
        if (columns - (label < 0 ? 0 : 1) < 1) {
            throw new BadInputException(
                    file + " has no pixels: its rows have " + columns + " column; separate columns by commas");
        }
        return new CsvDialect(header, columns, label, settings.pixelScale());
    }

    private int mostCommonColumns() {
        Map<Integer, Integer> numbers = new HashMap<>();
        int most = columns(rows.get(0));
        for (byte[] row : rows) {
            int columns = columns(row);
            numbers.merge(columns, 1, Integer::sum);
            if (numbers.get(columns) > numbers.getOrDefault(most, 0)) {
                most = columns;
            }
        }
        return most;
    }

    private static int columns(byte[] row) {
        return RowParser.columns(row, 0, row.length - 1);
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
            if (like != null && like.header() == null && like.columns() == columns) {
                return like.labelColumn();
            }
            return settings.unlabelled() ? -1 : guess(columns);
        }
        if (isName(wanted)) {
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
        int found = -1;
        for (int i = 0; i < names.length; i++) {
            if (name(names[i]).equals(name(wanted))) {
                if (found >= 0) {
                    throw new BadInputException(file + ", line 1: columns " + (found + 1) + " and " + (i + 1)
                            + " are both called '" + wanted + "'; give --label-column as a number");
                }
                found = i;
            }
        }
        if (found < 0 && !mayMiss) {
            throw new BadInputException(file + ", line 1: the header has no column '" + wanted
                    + "'; name the right one (--label-column), or say that there is none (--unlabelled)");
        }
        return found;
    }

    /**
     * Without a header, the label is the first or the last column: the one that holds whole numbers 0..9 and nothing else,
     * and more than one of them (a picture's corner pixel does, too, where it is always 0). If both do, or neither, it
     * cannot be told.
     */
    private int guess(int columns) {
        int first = distinctLabels(columns, true);
        int last = distinctLabels(columns, false);
        if (first > 1 && last <= 1) {
            return 0;
        }
        if (last > 1 && first <= 1) {
            return columns - 1;
        }
        throw new BadInputException(file + " has no header, and whether the label is its first or its last column "
                + "cannot be told; say which (--label-column first or last), or that there is none (--unlabelled)");
    }

    /** How many different labels the first or last column holds; 0 where most of it is anything else. */
    private int distinctLabels(int columns, boolean ofFirst) {
        int seen = 0;
        int others = 0;
        for (byte[] row : rows) {
            if (columns(row) == columns) {
                int end = row.length - 1;
                int from = ofFirst ? 0 : end;
                while (from > 0 && row[from - 1] != ',') {
                    from--;
                }
                int to = from;
                while (to < end && row[to] != ',') {
                    to++;
                }
                float value = number(new String(row, from, to - from, StandardCharsets.UTF_8));
                if (value >= 0 && value <= 9 && value == (int) value) {
                    seen |= 1 << (int) value;
                } else {
                    others++;
                }
            }
        }
        return others * 4 > rows.size() ? 0 : Integer.bitCount(seen); // a few bad rows are named later
    }

    /**
     * The scale that most of these rows speak for: a value above 1 for 255, else a fraction for 1. AUTO where none speaks
     * (all values 0 and 1), or as many for one as for the other.
     */
    CsvSettings.PixelScale scale(CsvDialect dialect) {
        RowParser parser = new RowParser(dialect.withScale(CsvSettings.PixelScale.AUTO), true);
        float[] pixels = new float[dialect.width()];
        int votes = 0;
        for (byte[] row : rows) {
            if (parser.parse(row, 0, row.length - 1, pixels)) {
                Tally values = new Tally();
                values.values(pixels);
                if (values.largest() > 1) {
                    votes++;
                } else if (values.hasFractions()) {
                    votes--;
                }
            }
        }
        if (votes == 0) {
            return CsvSettings.PixelScale.AUTO;
        }
        return votes > 0 ? CsvSettings.PixelScale.BYTE : CsvSettings.PixelScale.ONE;
    }
}
