package org.sparkautoencoder.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;
import org.sparkautoencoder.shards.MaskingNoise.Mode;

final class MaskingNoiseTest {
    private static final int WIDTH = 784;
    private static final MaskingNoise PAPER = new MaskingNoise(0.4, 0.05, 1, Mode.FRESH);

    private static float[] masked(MaskingNoise noise, long epoch, long row, int width) {
        float[] pixels = new float[width];
        Arrays.fill(pixels, 0.5f);
        noise.mask(epoch, row, pixels, 0, width);
        return pixels;
    }

    private static int count(float[] pixels, float value) {
        int n = 0;
        for (float pixel : pixels) {
            n += pixel == value ? 1 : 0;
        }
        return n;
    }

    @Test
    void mask_ofThePapersRow_sets313To0And39OthersTo1() {
        for (long row = 0; row < 1000; row++) {
            float[] pixels = masked(PAPER, 0, row, WIDTH);
            assertThat(count(pixels, 0)).isEqualTo(313);
            assertThat(count(pixels, 1)).isEqualTo(39);
            assertThat(count(pixels, 0.5f)).isEqualTo(WIDTH - 313 - 39);
        }
    }

    @Test
    void mask_anyFractionsAndWidth_countsAsPythonCuts() {
        for (int width : new int[] {1, 2, 3, 10, 12, 100, 785, 3000, 5}) {
            for (double zero : new double[] {0, 0.1, 0.3, 0.29, 0.5, 0.7, 1}) {
                for (double one : new double[] {0, 0.1, 0.3, 1 - zero}) {
                    if (zero + one <= 1) {
                        float[] pixels = masked(new MaskingNoise(zero, one, 7, Mode.FIXED), 0, 3, width);
                        assertThat(count(pixels, 0)).isEqualTo((int) (zero * width));
                        assertThat(count(pixels, 1)).isEqualTo((int) (one * width));
                    }
                }
            }
        }
    }

    @Test
    void mask_sameSeedEpochAndRow_isTheSame() {
        float[] first = masked(PAPER, 4, 17, WIDTH);
        masked(PAPER, 4, 18, 1000);
        assertThat(masked(new MaskingNoise(0.4, 0.05, 1, Mode.FRESH), 4, 17, WIDTH))
                .isEqualTo(first);
    }

    @Test
    void mask_otherSeedEpochRowOrDataSet_isAnother() {
        float[] first = masked(PAPER, 4, 17, WIDTH);
        assertThat(masked(PAPER, 5, 17, WIDTH)).isNotEqualTo(first);
        assertThat(masked(PAPER, 4, 18, WIDTH)).isNotEqualTo(first);
        assertThat(masked(new MaskingNoise(0.4, 0.05, 2, Mode.FRESH), 4, 17, WIDTH))
                .isNotEqualTo(first);
        assertThat(masked(PAPER.forTestSet(), 4, 17, WIDTH)).isNotEqualTo(first);
    }

    @Test
    void mask_fixed_isTheSameInEveryEpoch() {
        MaskingNoise fixed = new MaskingNoise(0.4, 0.05, 1, Mode.FIXED);
        assertThat(masked(fixed, 9, 17, WIDTH)).isEqualTo(masked(fixed, 0, 17, WIDTH));
    }

    @Test
    void mask_withOffset_touchesItsRowOnly() {
        float[] rows = new float[3 * WIDTH];
        Arrays.fill(rows, 0.5f);
        PAPER.mask(0, 1, rows, WIDTH, WIDTH);
        assertThat(Arrays.copyOfRange(rows, WIDTH, 2 * WIDTH)).isEqualTo(masked(PAPER, 0, 1, WIDTH));
        assertThat(count(rows, 0.5f)).isEqualTo(3 * WIDTH - 313 - 39);
    }

    /** Each pixel is 0 with probability p in n rows: chi squared over pixels, n p (1 - p) each, minus the fixed sum. */
    @Test
    void mask_overManyRows_favoursNoPixelAndNoPair() {
        int n = 20_000;
        int width = 50;
        MaskingNoise noise = new MaskingNoise(0.4, 0.1, 3, Mode.FRESH);
        double[] zeros = new double[width];
        double[] ones = new double[width];
        double[] pairs = new double[width];
        for (int row = 0; row < n; row++) {
            float[] pixels = masked(noise, 0, row, width);
            for (int i = 0; i < width; i++) {
                zeros[i] += pixels[i] == 0 ? 1 : 0;
                ones[i] += pixels[i] == 1 ? 1 : 0;
                pairs[i] += pixels[i] == 0 && pixels[(i + 1) % width] == 0 ? 1 : 0;
            }
        }
        assertThat(chiSquared(zeros, n, 0.4)).isBetween(20.0, 95.0); // 49 degrees of freedom; beyond: 1 in 10,000
        assertThat(chiSquared(ones, n, 0.1)).isBetween(20.0, 95.0);
        assertThat(chiSquared(pairs, n, 0.4 * 19 / 49)).isBetween(15.0, 100.0);
    }

    private static double chiSquared(double[] counts, int n, double p) {
        double sum = 0;
        for (double count : counts) {
            sum += (count - n * p) * (count - n * p) / (n * p * (1 - p));
        }
        return sum;
    }

    @Test
    void mask_valuesByColumn_standInPlaceOf0And1() {
        float[] zeros = new float[WIDTH];
        float[] ones = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            zeros[i] = -10 - i;
            ones[i] = 10 + i;
        }
        MaskingNoise noise = new MaskingNoise(0.4, 0.05, 1, Mode.FRESH, new MaskValues(zeros, ones));
        float[] plain = masked(PAPER, 4, 17, WIDTH);
        float[] byColumn = masked(noise, 4, 17, WIDTH);
        for (int i = 0; i < WIDTH; i++) {
            assertThat(byColumn[i]).isEqualTo(plain[i] == 0 ? zeros[i] : plain[i] == 1 ? ones[i] : plain[i]);
        }
        assertThat(count(masked(noise.forTestSet(), 4, 17, WIDTH), 0)).isZero();
        float[] rows = new float[3 * WIDTH];
        Arrays.fill(rows, 0.5f);
        noise.mask(4, 17, rows, WIDTH, WIDTH);
        assertThat(Arrays.copyOfRange(rows, WIDTH, 2 * WIDTH)).isEqualTo(byColumn);
        assertThat(count(rows, 0.5f)).isEqualTo(3 * WIDTH - 313 - 39);
        assertThatThrownBy(() -> masked(noise, 4, 17, 10)).hasMessageContaining("784 columns, the row has 10");
    }

    @Test
    void equals_valuesByColumn_areComparedByContent() {
        MaskingNoise noise = withValues(1, 2);
        assertThat(withValues(1, 2)).isEqualTo(noise).hasSameHashCodeAs(noise);
        assertThat(withValues(1, 3)).isNotEqualTo(noise);
        assertThat(withValues(3, 2)).isNotEqualTo(noise);
        assertThat(PAPER).isNotEqualTo(noise).isEqualTo(new MaskingNoise(0.4, 0.05, 1, Mode.FRESH, null));
        MaskingNoise copy = SerializationUtils.roundtrip(noise);
        assertThat(copy).isEqualTo(noise);
        assertThatThrownBy(() -> new MaskValues(new float[2], new float[3])).hasMessageContaining("2 and 3");
    }

    private static MaskingNoise withValues(float zero, float one) {
        return new MaskingNoise(0.4, 0.05, 1, Mode.FRESH, new MaskValues(new float[] {zero, 0}, new float[] {one, 1}));
    }

    @Test
    void new_fractionsBeyond0To1OrTogetherAbove1_areRefused() {
        assertThatThrownBy(() -> new MaskingNoise(-0.1, 0, 1, Mode.FIXED)).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> new MaskingNoise(0, 1.1, 1, Mode.FIXED)).hasMessageContaining("1.1");
        assertThatThrownBy(() -> new MaskingNoise(Double.NaN, 0, 1, Mode.FIXED)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new MaskingNoise(0.6, 0.5, 1, Mode.FIXED)).hasMessageContaining("0.6 and 0.5");
    }
}
