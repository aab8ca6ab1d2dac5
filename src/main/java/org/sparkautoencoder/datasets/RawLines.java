package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.sparkautoencoder.csv.BadInputException;

/** Reads the study's raw form, checking every value. BOM, CRLF and blank lines at the end are accepted. */
final class RawLines {
    private static final int SHOWN = 40;
    private static final int LARGEST_LABEL = 255; // as in an IDX file

    private final Path file;
    private final List<byte[]> rows = new ArrayList<>(); // in the order of the lines
    private int width;
    private double largest;

    private RawLines(Path file) {
        this.file = file;
    }

    /** A file's images: each row's pixels as text, a comma after each. */
    private record Images(List<byte[]> rows, int width, double largest) implements RawImages {
        @Override
        public int count() {
            return rows.size();
        }

        @Override
        public void write(int image, int label, RowWriter out) throws IOException {
            out.row(rows.get(image), label);
        }

        @Override
        public Map<String, String> facts() {
            return Map.of(Provenance.PIXEL_FORMAT, "as in the source");
        }
    }

    /** @throws BadInputException naming file, line, column and value of the first thing that is wrong */
    static RawImages images(Path file) throws IOException {
        RawLines lines = new RawLines(file);
        lines.forEach(lines::addImage);
        return new Images(lines.rows, lines.width, lines.largest);
    }

    /** @throws BadInputException naming file, line and value of the first thing that is wrong */
    static int[] labels(Path file) throws IOException {
        RawLines lines = new RawLines(file);
        lines.forEach(lines::addLabel);
        int[] labels = new int[lines.rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = lines.rows.get(i)[0] & 0xff;
        }
        return labels;
    }

    private interface LineTaker {
        void accept(String line, int number);
    }

    private void forEach(LineTaker taker) throws IOException {
        int number = 0;
        int blank = 0; // the first blank line since the last that is not
        try (BufferedReader in = new BufferedReader(new InputStreamReader(RawFile.open(file), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (number == 1 && line.startsWith("\ufeff")) {
                    line = line.substring(1);
                }
                if (line.isBlank()) {
                    blank = blank == 0 ? number : blank;
                    continue;
                }
                if (blank != 0) {
                    throw new BadInputException(file + ", line " + blank + " is blank: remove it");
                }
                taker.accept(line, number);
            }
        } catch (EOFException | ZipException e) {
            throw new BadInputException(
                    file + " is damaged: its gzip stream breaks off after line " + number + ": get it again", e);
        }
        if (rows.isEmpty()) {
            throw new BadInputException(file + " is empty: it needs one row a line");
        }
    }

    private void addImage(String line, int number) {
        StringBuilder cells = new StringBuilder(line.length() + 1);
        int columns = 0;
        int start = 0;
        while (start <= line.length()) {
            int end = start;
            while (end < line.length() && line.charAt(end) != '\t' && line.charAt(end) != ',') {
                end++;
            }
            String cell = line.substring(start, end).strip();
            columns++;
            double value = number(cell);
            if (!(value >= 0 && value <= 255)) {
                throw new BadInputException(file + ", line " + number + ", column " + columns + ": '" + shown(cell)
                        + "' is not a pixel: it takes a number in 0..1 or 0..255");
            }
            largest = Math.max(largest, value);
            cells.append(cell).append(',');
            start = end + 1;
        }
        if (number > 1 && columns != width) {
            throw new BadInputException(file + ", line " + number + " has " + columns + " pixels where line 1 has "
                    + width + ": all images need the same size");
        }
        width = columns;
        rows.add(cells.toString().getBytes(US_ASCII));
    }

    private void addLabel(String line, int number) {
        String cell = line.strip();
        double value = number(cell);
        if (!(value >= 0 && value <= LARGEST_LABEL) || value != Math.rint(value)) {
            throw new BadInputException(file + ", line " + number + ": '" + shown(cell)
                    + "' is not a label: it takes a whole number 0.." + LARGEST_LABEL);
        }
        rows.add(new byte[] {(byte) value});
    }

    /** NaN for what is not a decimal number; Java's own forms, such as 1f or 0x1p3, are not. */
    private static double number(String cell) {
        if (cell.length() == 1) { // most pixels are 0
            int digit = cell.charAt(0) - '0';
            return digit >= 0 && digit <= 9 ? digit : Double.NaN;
        }
        for (int i = 0; i < cell.length(); i++) {
            if ("0123456789+-.eE".indexOf(cell.charAt(i)) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String shown(String cell) {
        return cell.length() <= SHOWN ? cell : cell.substring(0, SHOWN) + "...";
    }
}
