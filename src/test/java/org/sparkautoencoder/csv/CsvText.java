package org.sparkautoencoder.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Small CSV files to read: row r has the label r % 10 and some random pixels. */
public final class CsvText {
    private CsvText() {}

    /** Rows with the label last: pixels 0..255 as whole numbers, or 0..1 with four digits. */
    public static List<String> rows(int rows, int width, boolean bytes) {
        SplittableRandom random = new SplittableRandom(rows);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < width; i++) {
                int pixel = i == 0 || random.nextInt(3) == 0 ? 0 : random.nextInt(256);
                line.append(bytes ? Integer.toString(pixel) : String.format(Locale.ROOT, "%.4g", pixel / 255.0))
                        .append(',');
            }
            lines.add(line.append(row % 10).toString());
        }
        return lines;
    }

    public static String header(int width) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < width; i++) {
            line.append(i).append(',');
        }
        return line + "label";
    }

    /** The same row with the label in another column, from 0. */
    public static String labelAt(String row, int column) {
        List<String> cells = new ArrayList<>(List.of(row.split(",", -1)));
        String label = cells.remove(cells.size() - 1);
        cells.add(column, label);
        return String.join(",", cells);
    }

    public static List<String> with(String first, List<String> rest) {
        List<String> lines = new ArrayList<>();
        lines.add(first);
        lines.addAll(rest);
        return lines;
    }

    /** Writes lines, compressed if the name says so. */
    public static Path write(Path file, List<String> lines) throws IOException {
        return write(file, String.join("\n", lines) + "\n");
    }

    public static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        CompressionCodec codec =
                new CompressionCodecFactory(new Configuration()).getCodec(new org.apache.hadoop.fs.Path(file.toUri()));
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = codec == null ? plain : codec.createOutputStream(plain)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
