package org.sparkautoencoder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

final class NoisinessTest {
    private static final int SIDE = 28;

    @Test
    void noisiness_smoothPicture_isLow() {
        float[] blob = new float[SIDE * SIDE];
        for (int i = 0; i < blob.length; i++) {
            double x = i % SIDE - 13.5;
            double y = Math.floorDiv(i, SIDE) - 13.5;
            blob[i] = (float) Math.exp(-(x * x + y * y) / 32);
        }
        assertThat(Noisiness.of(blob, SIDE)).isLessThan(0.001);
    }

    @Test
    void noisiness_whiteNoise_isTheAreaOutsideTheCircle() {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int picture = 0; picture < 50; picture++) {
            float[] noise = new float[SIDE * SIDE];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) random.nextDouble();
            }
            sum += Noisiness.of(noise, SIDE);
        }
        assertThat(sum / 50).isBetween(0.79, 0.82);
    }

    @Test
    void noisiness_waves_areLowUpToHalfOfNyquistInAnyDirection() {
        assertThat(wave((x, y) -> 7 * x)).isLessThan(1e-9);
        assertThat(wave((x, y) -> 8 * x)).isGreaterThan(1 - 1e-9);
        assertThat(wave((x, y) -> 8 * y)).isGreaterThan(1 - 1e-9);
        assertThat(wave((x, y) -> 4 * x + 4 * y)).isLessThan(1e-9);
        assertThat(wave((x, y) -> 6 * x - 6 * y)).isGreaterThan(1 - 1e-9);
    }

    @Test
    void noisiness_onlyTheShapeCounts() {
        float[] picture = new float[SIDE * SIDE];
        float[] other = new float[SIDE * SIDE];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (float) random.nextDouble();
            other[i] = 3 - 2 * picture[i];
        }
        assertThat(Noisiness.of(other, SIDE))
                .isCloseTo(Noisiness.of(picture, SIDE), org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void noisiness_pictureOfOneColour_isNone() {
        assertThat(Noisiness.of(new float[SIDE * SIDE], SIDE)).isNull();
    }

    @Test
    void noisiness_oblongPicture_isMeasured() {
        assertThat(Noisiness.of(new float[] {1, 0, 1, 0, 1, 0}, 1)).isGreaterThan(0.99);
    }

    @Test
    void quantile_liesBetweenItsNeighbours() {
        assertThat(Noisiness.quantile(new double[] {1, 2, 3, 4}, 0.5)).isEqualTo(2.5);
        assertThat(Noisiness.quantile(new double[] {7}, 0.9)).isEqualTo(7);
    }

    private static double wave(IntBinaryOperator periods) {
        float[] wave = new float[SIDE * SIDE];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = (float) Math.cos(2 * Math.PI * periods.applyAsInt(i % SIDE, i / SIDE) / SIDE);
        }
        return Noisiness.of(wave, SIDE);
    }
}
