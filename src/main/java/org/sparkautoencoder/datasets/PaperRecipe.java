package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The study's 4,000 + 1,000 digits, value for value as it published them.
 *
 * @param mnist where MNIST's t10k files may come from
 */
public record PaperRecipe(MnistSettings mnist) implements Recipe {
    // The first 500 images of each digit in t10k's order, sorted by digit; which 100 of them are for testing is a list
    // of t10k indices, found by matching the published CSV with MNIST image by image. Images lie transposed.
    private static final String TEST_SPLIT = "paper-test-split.csv"; // label,t10k_index
    private static final int OF_EACH_DIGIT = 500;

    @Override
    public String name() {
        return "paper";
    }

    @Override
    public SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put(Provenance.RECIPE, "paper 1");
        identity.put(Provenance.HEIGHT, "28");
        identity.put(Provenance.WIDTH, "28");
        identity.put(Provenance.ORIENTATION, "transposed: pixel i is column i / 28, row i % 28");
        identity.put(Provenance.PIXEL_SCALE, "1");
        identity.put(Provenance.PIXEL_FORMAT, "%.4g of value / 255");
        MnistRecipe.putSource(identity, MnistFile.TEST_IMAGES);
        MnistRecipe.putSource(identity, MnistFile.TEST_LABELS);
        return identity;
    }

    @Override
    public SortedMap<String, String> write(RowWriter train, RowWriter test, Path cache, Consumer<String> progress)
            throws IOException {
        MnistSource source = new MnistSource(mnist, cache, progress);
        SortedMap<String, String> locations = new TreeMap<>();
        IdxArray images = MnistRecipe.find(source, MnistFile.TEST_IMAGES, locations);
        IdxArray labels = MnistRecipe.find(source, MnistFile.TEST_LABELS, locations);
        BitSet testSplit = testSplit();
        byte[][] texts = PixelText.fractions();
        byte[] pixels = new byte[images.itemSize()];
        train.header(pixels.length);
        test.header(pixels.length);
        for (int digit = 0; digit < 10; digit++) {
            int seen = 0;
            for (int item = 0; item < labels.items() && seen < OF_EACH_DIGIT; item++) {
                if (labels.value(item, 0) == digit) {
                    images.copyTransposed(item, pixels);
                    (testSplit.get(item) ? test : train).row(pixels, texts, digit);
                    seen++;
                }
            }
        }
        return locations;
    }

    private static BitSet testSplit() throws IOException {
        InputStream in = Objects.requireNonNull(PaperRecipe.class.getResourceAsStream(TEST_SPLIT), TEST_SPLIT);
        BitSet indices = new BitSet();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, US_ASCII))) {
            lines.readLine(); // the header
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                indices.set(Integer.parseInt(line.substring(line.indexOf(',') + 1)));
            }
        }
        return indices;
    }
}
