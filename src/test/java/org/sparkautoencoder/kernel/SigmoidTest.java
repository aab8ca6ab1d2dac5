package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SigmoidTest {
    @Test
    void sigmoid_inItsRange_isExactToFiveDigits() {
        assertThat(worst(8)).isLessThan(4e-6);
        assertThat(worst(30)).isLessThan(1e-5);
    }

    /** The largest relative error over -range..range. */
    private static double worst(float range) {
        int n = 600_001;
        float[] z = new float[n];
        for (int i = 0; i < n; i++) {
            z[i] = -range + 2 * range * i / (n - 1);
        }
        float[] a = z.clone();
        Sigmoid.apply(a, 0, n);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            double exact = 1 / (1 + Math.exp(-(double) z[i]));
            worst = Math.max(worst, Math.abs(a[i] - exact) / exact);
        }
        return worst;
    }

    @Test
    void sigmoid_farOut_staysBetween0And1AndMonotone() {
        float[] a = {
            -1e30f, -200f, -87f, -50f, 0f, 50f, 87f, 200f, 1e30f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY
        };
        Sigmoid.apply(a, 0, a.length);
        for (int i = 0; i < 9; i++) {
            assertThat(a[i]).isBetween(0f, 1f);
            assertThat(a[i]).isGreaterThanOrEqualTo(i == 0 ? 0 : a[i - 1]);
        }
        assertThat(a[4]).isEqualTo(0.5f);
        assertThat(a[0]).isLessThan(1e-37f);
        assertThat(a[9]).isEqualTo(a[0]);
        assertThat(a[10]).isEqualTo(1f);
    }

    @Test
    void sigmoid_notANumber_staysOne() {
        float[] a = {Float.NaN, 0f};
        Sigmoid.apply(a, 0, 2);
        assertThat(a[0]).isNaN();
        assertThat(a[1]).isEqualTo(0.5f);
    }
}
