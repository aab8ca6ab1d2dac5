package org.sparkautoencoder.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The first lines of a data set that are neither blank nor comments; from as many files as needed. */
final class FirstLines {
    private static final int FEW_LINES = 50;
    private static final int MOST_LINES = 1000;
    private static final long MOST_BYTES = 1L << 18;

    private final List<Line> lines = new ArrayList<>();
    private String file;
    private boolean startWithHeader;
    private long bytes;

    /**
     * A line.
     *
     * @param number from 1
     * @param first whether it is the first of its file
     */
    record Line(String text, int number, boolean first) {}

    private FirstLines() {}

    /** Those of a table, whose names of columns are the first. */
    static FirstLines of(String file, TableLines table) {
        FirstLines head = new FirstLines();
        head.file = file;
        head.startWithHeader = true;
        head.lines.add(new Line(table.header(), 0, true));
        for (String line : table.first(MOST_LINES)) {
            head.lines.add(new Line(line, head.lines.size(), false));
        }
        return head;
    }

    /**
     * Reads them.
     *
     * @throws BadInputException if there are none
     */
    static FirstLines read(InputFiles files) {
        FirstLines head = new FirstLines();
        for (int file = 0; file < files.count() && head.wantsMore(); file++) {
            try (LineReader reader = files.openText(file)) {
                head.file = head.lines.isEmpty() ? files.name(file) : head.file;
                head.read(reader);
            } catch (IOException | BadInputException e) {
                if (head.lines.isEmpty()) {
                    throw new BadInputException(files.name(file) + " cannot be read: " + InputFiles.reason(e), e);
                }
                return head; // reading all of it reports the first error
            }
        }
        if (head.lines.isEmpty()) {
            throw new BadInputException(files.name(0) + " is empty"
                    + (files.count() == 1 ? "" : ", as are the " + (files.count() - 1) + " files after it")
                    + "; name a file with rows");
        }
        return head;
    }

    private boolean wantsMore() {
        return lines.size() < FEW_LINES || (lines.size() < MOST_LINES && bytes < MOST_BYTES);
    }

    private void read(LineReader reader) throws IOException {
        boolean first = true;
        for (int number = 1; wantsMore() && reader.advance(); number++) {
            if (number == 1) {
                reader.skipByteOrderMark();
            }
            if (reader.isBlank() || reader.isComment()) {
                continue;
            }
            lines.add(new Line(reader.text(), number, first));
            first = false;
            bytes += reader.end() - reader.start();
        }
    }

    /** The file that the first line stands in. */
    String file() {
        return file;
    }

    /** Whether the first line is known to be the header. */
    boolean startWithHeader() {
        return startWithHeader;
    }

    List<Line> lines() {
        return lines;
    }

    /**
     * The delimiter of most of these lines: tab, semicolon, comma or space, the first of which cuts most lines into the same
     * number of cells, more than one; a comma where none does.
     */
    char delimiter() {
        for (char delimiter : new char[] {'\t', ';', ',', ' '}) {
            List<Integer> counts = lines.stream()
                    .map(line -> Cells.count(line.text(), delimiter))
                    .toList();
            int columns = mostCommon(counts);
            long alike = counts.stream().filter(count -> count == columns).count();
            if (columns > 1 && alike * 2 > lines.size()) {
                return delimiter;
            }
        }
        return ',';
    }

    /** What a parser makes of the lines, the first of each file left out. */
    Parsed parsed(RowParser parser, int width) {
        float[] values = new float[width];
        Parsed parsed = new Parsed();
        for (Line line : lines) {
            if (!line.first()) {
                byte[] bytes = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
                parsed.add(parser.parse(bytes, 0, bytes.length - 1, values), parser.row());
            }
        }
        return parsed;
    }

    /** See {@link #parsed}. */
    static final class Parsed {
        private static final float HALF_BYTE = 127;

        private int rows;
        private int bad;
        private int fractions;
        private int bytes;
        private int others;
        private float largestByte;
        private float smallest = Float.POSITIVE_INFINITY;
        private float largest = Float.NEGATIVE_INFINITY;

        private void add(boolean good, RowStatistics.Row row) {
            rows++;
            if (!good) {
                bad++;
                return;
            }
            smallest = Math.min(smallest, row.smallest);
            largest = Math.max(largest, row.largest);
            if (row.smallest < 0 || row.largest > 255 || (row.largest > 1 && row.fractions)) {
                others++;
            } else if (row.largest > 1) {
                bytes++;
                largestByte = Math.max(largestByte, row.largest);
            } else {
                fractions += row.fractions ? 1 : 0;
            }
        }

        /** The range of the values of the rows that can be used. */
        String range() {
            return Scaling.number(smallest) + ".." + Scaling.number(largest);
        }

        /** Whether more than half of the rows cannot be used. */
        boolean areMostBad() {
            return bad * 2 > rows;
        }

        /** Whether most rows that are not of zeros and ones alone are of fractions 0..1. */
        boolean areFractions() {
            return fractions > bytes + others;
        }

        /** Whether nearly all rows that are not of zeros and ones alone are of whole numbers up to 255. */
        boolean areBytes() {
            return largestByte > HALF_BYTE && bytes > 9 * (fractions + others);
        }
    }

    /** The number that occurs most often; of several, the first. */
    static int mostCommon(List<Integer> numbers) {
        int most = numbers.get(0);
        long times = 0;
        for (int number : numbers.stream().distinct().toList()) {
            long found = numbers.stream().filter(other -> other == number).count();
            if (found > times) {
                most = number;
                times = found;
            }
        }
        return most;
    }
}
