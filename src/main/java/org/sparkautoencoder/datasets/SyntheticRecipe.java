package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sparkautoencoder.kernel.RandomKeys;

/**
 * 4,000 + 1,000 digits, 400 and 100 of each, that this program draws: upright, pixels as whole numbers 0..255, sorted
 * by digit. A stand-in for MNIST where there is none.
 *
 * @param seed decides every pixel
 */
public record SyntheticRecipe(long seed) implements Recipe {
    public static final long DEFAULT_SEED = 1;

    static final int TRAIN_OF_EACH = 400;
    static final int TEST_OF_EACH = 100;

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put(Provenance.RECIPE, "synthetic 1");
        identity.put(Provenance.SEED, String.valueOf(seed));
        MnistRecipe.putUpright28(identity);
        return identity;
    }

    @Override
    public SortedMap<String, String> write(RowWriter train, RowWriter test, Path cache, Consumer<String> progress)
            throws IOException {
        writeAll(train, 0, TRAIN_OF_EACH);
        writeAll(test, TRAIN_OF_EACH, TRAIN_OF_EACH + TEST_OF_EACH);
        return new TreeMap<>();
    }

    private void writeAll(RowWriter out, int from, int to) throws IOException {
        byte[][] texts = PixelText.integers();
        byte[] pixels = new byte[DigitRenderer.SIDE * DigitRenderer.SIDE];
        out.header(pixels.length);
        for (int digit = 0; digit < 10; digit++) {
            for (int i = from; i < to; i++) {
                DigitRenderer.draw(digit, RandomKeys.mix(RandomKeys.mix(seed, digit), i), pixels);
                out.row(pixels, texts, digit);
            }
        }
    }
}
