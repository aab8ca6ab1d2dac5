package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The file beside a data set that says what it was made from: Java properties in UTF-8, sorted, the same every time. */
public final class Provenance {
    public static final String FILE = "provenance.properties";

    /** Which program made it, with a version that counts up when its output changes. */
    public static final String RECIPE = "recipe";

    public static final String HEIGHT = "image.height";
    public static final String WIDTH = "image.width";

    /** "upright: ..." or "transposed: ...": how the pixels of a row make an image. */
    public static final String ORIENTATION = "image.orientation";

    /** 1 or 255: the largest value that a pixel can have. */
    public static final String PIXEL_SCALE = "pixel.scale";

    public static final String PIXEL_FORMAT = "pixel.format";
    public static final String SEED = "seed";

    /** Why the data set was made, where there is something to say. */
    public static final String NOTE = "note";

    private Provenance() {}

    /** What the file says; nothing when the folder has none, or none that can be read as one. */
    public static Optional<SortedMap<String, String>> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, UTF_8)) {
            properties.load(in);
        } catch (IllegalArgumentException e) { // a malformed escape
            return Optional.empty();
        }
        SortedMap<String, String> entries = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
        return Optional.of(entries);
    }

    static void write(Path folder, SortedMap<String, String> entries) throws IOException {
        Properties properties = new Properties();
        properties.putAll(entries);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        // Properties writes a comment with the time, and the entries in no order of its own
        StringBuilder sorted = new StringBuilder();
        text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .forEach(line -> sorted.append(line).append('\n'));
        Files.writeString(folder.resolve(FILE), sorted, UTF_8);
    }
}
