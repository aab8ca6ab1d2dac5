package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.LocalSparkTest;

/** The same rows, however they are written; and files with faults, which give what a plain parser gives, or an error. */
final class RowVariantsTest extends LocalSparkTest {
    private static final int VARIANTS = 80;
    private static final int MUTATIONS = Integer.getInteger("mutated.files", 1000);
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    @TempDir
    Path folder;

    /** How a variant is written. */
    private record Variant(
            char delimiter,
            boolean quoted,
            boolean header,
            int label,
            String lineEnd,
            boolean decimalComma,
            boolean endsLastLine) {
        static Variant draw(Random random) {
            char delimiter = ",;\t ".charAt(random.nextInt(4));
            return new Variant(
                    delimiter,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextInt(3),
                    random.nextBoolean() ? "\n" : "\r\n",
                    delimiter == ';' && random.nextBoolean(),
                    random.nextBoolean());
        }

        String write(List<String> header, List<List<String>> rows) {
            StringBuilder text = new StringBuilder();
            if (this.header) {
                text.append(line(header)).append(lineEnd);
            }
            rows.forEach(row -> text.append(line(row)).append(lineEnd));
            return endsLastLine ? text.toString() : text.toString().stripTrailing();
        }

        // The label is the last of the cells that come in.
        private String line(List<String> cells) {
            List<String> placed = new ArrayList<>(cells.subList(0, cells.size() - 1));
            int place = label == 0 ? 0 : label == 1 ? placed.size() / 2 : placed.size();
            placed.add(place, cells.get(cells.size() - 1));
            List<String> written = new ArrayList<>();
            for (String cell : placed) {
                String text = decimalComma ? cell.replace('.', ',') : cell;
                written.add(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
            }
            return String.join(String.valueOf(delimiter), written);
        }

        CsvSettings settings(int width) {
            return header
                    ? CsvSettings.DEFAULTS
                    : CsvSettings.DEFAULTS.withLabelColumns(
                            List.of(label == 0 ? "first" : label == 1 ? String.valueOf(width / 2 + 1) : "last"));
        }
    }

    @Test
    void load_sameRowsWrittenInAnyWay_haveTheSameFingerprint() throws IOException {
        Random random = new Random(11);
        for (int variant = 0; variant < VARIANTS; variant++) {
            int width = 1 + random.nextInt(12);
            int scale = random.nextInt(3);
            String[] labels =
                    random.nextBoolean() ? new String[] {"0", "1", "7"} : new String[] {"cat", "dog", "Ümläut"};
            List<List<String>> rows = new ArrayList<>();
            for (int row = 0; row < 25; row++) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    cells.add(value(random, scale));
                }
                cells.add(labels[row % 3]);
                rows.add(cells);
            }
            List<String> header = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                header.add("v" + i);
            }
            header.add("label");
            String plain = fingerprint(
                    new Variant(',', false, true, 2, "\n", false, true).write(header, rows),
                    CsvSettings.DEFAULTS,
                    scale,
                    "a");
            Variant drawn = Variant.draw(random);
            String other = fingerprint(drawn.write(header, rows), drawn.settings(width), scale, "b");
            assertThat(other).as("%s, width %d, scale %d", drawn, width, scale).isEqualTo(plain);
        }
    }

    private static String value(Random random, int scale) {
        return switch (scale) {
            case 0 -> String.valueOf(random.nextInt(256));
            case 1 -> String.valueOf(random.nextInt(1000) / 1000.0);
            default -> String.valueOf(random.nextInt(2000) / 100.0 - 10);
        };
    }

    private String fingerprint(String text, CsvSettings settings, int scale, String name) throws IOException {
        String setting = scale == 0 ? "255" : scale == 1 ? "1" : "standard";
        Path file = Files.writeString(folder.resolve(name + ".csv"), text);
        try (LoadedRows rows = CsvLoader.load(
                spark,
                file.toString(),
                settings.withScale(ScaleSetting.of(setting)).withPartitions(2))) {
            assertThat(rows.rows()).isEqualTo(25);
            return rows.fingerprint();
        }
    }

    @Test
    void load_mutatedFile_isRefusedInOneLineOrReadAsItStands() {
        Random random = new Random(5);
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < MUTATIONS; i++) {
            files.add(mutated(original(random), random));
        }
        double accepted = IntStream.range(0, MUTATIONS)
                .parallel()
                .filter(i -> isReadAsItStands(folder.resolve("mutated-" + i + ".csv"), files.get(i)))
                .count();
        assertThat(accepted).isBetween(MUTATIONS * 0.1, MUTATIONS * 0.9);
    }

    // False if it is refused.
    private static boolean isReadAsItStands(Path file, byte[] bytes) {
        CsvSettings settings = CsvSettings.DEFAULTS
                .withLabelColumns(List.of("label"))
                .withDelimiter(',')
                .withScale(ScaleSetting.range(255))
                .withPartitions(1);
        try (LoadedRows rows = CsvLoader.load(spark, Files.write(file, bytes).toString(), settings)) {
            List<String> read = rows.dataRows().collect().stream()
                    .map(row -> rows.classes().name(row.label()) + Arrays.toString(row.values()))
                    .toList();
            assertThat(read)
                    .as("%s: %s", file, new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo(plain(bytes));
            return true;
        } catch (BadInputException e) {
            assertThat(e.getMessage())
                    .doesNotContain("\n")
                    .contains(file.getFileName().toString());
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String original(Random random) {
        List<String> lines = new ArrayList<>(List.of("a,b,c,label"));
        for (int row = 0; row < 8; row++) {
            lines.add(random.nextInt(256) + "," + random.nextInt(256) + "," + random.nextInt(256) + ","
                    + random.nextInt(4));
        }
        return String.join("\n", lines) + "\n";
    }

    private static byte[] mutated(String text, Random random) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b);
        }
        byte[] likely = ",;\t \"\n\r#.-+eE0123456789%?NaA\u0000x".getBytes(StandardCharsets.UTF_8);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(bytes.size());
            byte with = random.nextInt(8) == 0 ? (byte) random.nextInt(256) : likely[random.nextInt(likely.length)];
            switch (random.nextInt(4)) {
                case 0 -> bytes.set(at, with);
                case 1 -> bytes.add(at, with);
                case 2 -> bytes.remove(at);
                default -> Collections.swap(bytes, at, random.nextInt(bytes.size()));
            }
        }
        byte[] result = new byte[bytes.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes.get(i);
        }
        return result;
    }

    /** The rows as a parser without any cleverness reads them. */
    private static List<String> plain(byte[] bytes) {
        List<String> header = null;
        List<String> rows = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            List<String> cells = Arrays.stream(text.split(",", -1))
                    .map(RowVariantsTest::unquoted)
                    .toList();
            if (header == null) {
                header = cells;
            } else if (!cells.equals(header)) {
                rows.add(plain(header, cells));
            }
        }
        return rows;
    }

    private static String plain(List<String> header, List<String> cells) {
        assertThat(cells).hasSameSizeAs(header);
        String label = null;
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (header.get(i).equalsIgnoreCase("label")) {
                label = Classes.label(cells.get(i));
            } else {
                assertThat(cells.get(i)).matches(NUMBER);
                values.add((Float.parseFloat(cells.get(i)) + 0f) / 255);
            }
        }
        return label + values;
    }

    private static String unquoted(String cell) {
        String text = cell.replaceAll("^[ \t]+|[ \t]+$", "");
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replaceAll("^[ \t]+|[ \t]+$", "")
                : text;
    }
}
