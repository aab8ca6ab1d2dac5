package org.sparkautoencoder.shards;

import java.io.Serializable;
import org.sparkautoencoder.kernel.RandomKeys;
import org.sparkautoencoder.kernel.Randomness;

/**
 * Masking noise: of each row exactly (int) (zero * width) pixels become 0 and (int) (one * width) others become 1, or what the
 * mask values say instead of 0 and 1.
 * Which ones is a pure function of (seed, epoch, row id), and every choice is as likely as any other.
 *
 * @param zero the fraction of a row's values that become 0, 0..1
 * @param one the fraction of a row's values that become 1, 0..1; with {@code zero} at most 1
 * @param seed what decides the choice
 * @param mode whether the choice is made once or anew in each epoch
 * @param values what the chosen pixels become, by column; null for 0 and 1
 */
public record MaskingNoise(double zero, double one, long seed, Mode mode, MaskValues values) implements Serializable {
    /** When the pixels are chosen. */
    public enum Mode {
        /** Once: every epoch sees the same noised row. */
        FIXED,
        /** Anew in each epoch. */
        FRESH
    }

    // The first `zeros + ones` steps of Fisher and Yates' shuffle of 0..width-1, which always starts from the
    // identity, so that nothing of an earlier row is left in it. Each 64-bit key gives two steps their numbers.

    private static final ThreadLocal<Order> ORDER = ThreadLocal.withInitial(Order::new);

    public MaskingNoise {
        requireFraction("zero", zero);
        requireFraction("one", one);
        if (zero + one > 1) {
            throw new IllegalArgumentException(
                    "noise zero and noise one must together be at most 1, got " + zero + " and " + one);
        }
    }

    /** Noise of 0 and 1. */
    public MaskingNoise(double zero, double one, long seed, Mode mode) {
        this(zero, one, seed, mode, null);
    }

    private static void requireFraction(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("noise " + name + " must be 0..1, got " + value);
        }
    }

    /** The same noise for the rows of a test set: row ids start from 0 there too, but the choices must be others. */
    public MaskingNoise forTestSet() {
        return new MaskingNoise(zero, one, Randomness.TEST_NOISE.key(seed), mode, values);
    }

    /** How many of {@code width} values become 0; the product is made in double and cut, as in Python. */
    public int zeros(int width) {
        return (int) (zero * width);
    }

    /** How many of {@code width} values become 1. */
    public int ones(int width) {
        return (int) (one * width);
    }

    /** Noises one row in place: pixels[offset .. offset + width - 1]. {@link Mode#FIXED} noise ignores the epoch. */
    public void mask(long epoch, long rowId, float[] pixels, int offset, int width) {
        int zeros = zeros(width);
        int chosen = zeros + ones(width);
        long key = RandomKeys.mix(RandomKeys.mix(Randomness.MASKS.key(seed), mode == Mode.FIXED ? 0 : epoch), rowId);
        int[] order = ORDER.get().choose(key, chosen, width);
        if (values != null) {
            values.replace(order, zeros, chosen, pixels, offset, width);
            return;
        }
        for (int i = 0; i < zeros; i++) {
            pixels[offset + order[i]] = 0;
        }
        for (int i = zeros; i < chosen; i++) {
            pixels[offset + order[i]] = 1;
        }
    }

    /** The shard's rows with noise as inputs, and clean as targets; the map stage of {@link Mode#FIXED} noise. */
    public Shard noised(Shard clean) {
        int width = clean.inputs().length / clean.rows();
        float[] noised = clean.inputs().clone();
        for (int row = 0; row < clean.rows(); row++) {
            mask(0, clean.ids()[row], noised, row * width, width);
        }
        return new Shard(clean.index(), clean.ids(), clean.labels(), noised, clean.targets());
    }

    /** A thread's own array of indices, so that a row costs no allocation. */
    private static final class Order {
        private int[] identity = new int[0];
        private int[] order = new int[0];

        int[] choose(long key, int chosen, int width) {
            if (identity.length < width) {
                identity = new int[width];
                order = new int[width];
                for (int i = 0; i < width; i++) {
                    identity[i] = i;
                }
            }
            int[] indices = order;
            System.arraycopy(identity, 0, indices, 0, width);
            for (int i = 0; i < chosen; i += 2) {
                long random = RandomKeys.mix(key, i);
                swap(indices, i, i + RandomKeys.below(random, width - i));
                if (i + 1 < chosen) {
                    swap(indices, i + 1, i + 1 + RandomKeys.below(random << 32, width - i - 1));
                }
            }
            return indices;
        }

        private static void swap(int[] indices, int i, int j) {
            int index = indices[i];
            indices[i] = indices[j];
            indices[j] = index;
        }
    }
}
