package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All of MNIST, 60,000 + 10,000 digits in MNIST's order, pixels as whole numbers 0..255, upright.
 *
 * @param mnist where MNIST's files may come from
 */
public record MnistRecipe(MnistSettings mnist) implements Recipe {
    @Override
    public String name() {
        return "mnist";
    }

    @Override
    public SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put(Provenance.RECIPE, "mnist 1");
        putUpright28(identity);
        for (MnistFile file : MnistFile.values()) {
            putSource(identity, file);
        }
        return identity;
    }

    @Override
    public SortedMap<String, String> write(RowWriter train, RowWriter test, Path cache, Consumer<String> progress)
            throws IOException {
        MnistSource source = new MnistSource(mnist, cache, progress);
        SortedMap<String, String> locations = new TreeMap<>();
        // the labels first: a place that lacks a small file is found out before its large one is fetched
        IdxArray testLabels = find(source, MnistFile.TEST_LABELS, locations);
        IdxArray trainLabels = find(source, MnistFile.TRAIN_LABELS, locations);
        writeAll(find(source, MnistFile.TEST_IMAGES, locations), testLabels, test);
        progress.accept("writing " + trainLabels.items() + " training digits");
        writeAll(find(source, MnistFile.TRAIN_IMAGES, locations), trainLabels, train);
        return locations;
    }

    private static void writeAll(IdxArray images, IdxArray labels, RowWriter out) throws IOException {
        byte[][] texts = PixelText.integers();
        byte[] pixels = new byte[images.itemSize()];
        out.header(pixels.length);
        for (int item = 0; item < images.items(); item++) {
            images.copy(item, pixels);
            out.row(pixels, texts, labels.value(item, 0));
        }
    }

    /** What the upright data sets with whole-numbered pixels have in common. */
    static void putUpright28(Map<String, String> identity) {
        identity.put(Provenance.HEIGHT, "28");
        identity.put(Provenance.WIDTH, "28");
        identity.put(Provenance.ORIENTATION, "upright: pixel i is row i / 28, column i % 28");
        identity.put(Provenance.PIXEL_SCALE, "255");
        identity.put(Provenance.PIXEL_FORMAT, "whole numbers");
    }

    static void putSource(Map<String, String> identity, MnistFile file) {
        identity.put("source." + file.fileName() + ".sha256", file.sha256());
    }

    static IdxArray find(MnistSource source, MnistFile file, Map<String, String> locations) {
        MnistSource.Found found = source.find(file);
        locations.put("source." + file.fileName() + ".location", found.location());
        return found.array();
    }
}
