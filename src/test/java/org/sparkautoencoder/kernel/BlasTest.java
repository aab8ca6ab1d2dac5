package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every implementation that can be chosen, against plain loops, in the shapes and orientations of a step. */
final class BlasTest {
    static List<BLAS> implementations() throws ReflectiveOperationException {
        assertThat(Blas.name()).isNotEmpty(); // points netlib to the bundled library
        List<BLAS> all = new ArrayList<>(List.of(JavaBLAS.getInstance(), NativeBLAS.getInstance()));
        for (String name : List.of("F2jBLAS", "Java8BLAS", "Java11BLAS", "VectorBLAS")) {
            Method instance = Class.forName("dev.ludovic.netlib.blas." + name).getDeclaredMethod("getInstance");
            instance.setAccessible(true);
            all.add((BLAS) instance.invoke(null));
        }
        return all;
    }

    @Test
    void chosen_onLinux_isTheBundledOpenBlas() {
        assertThat(System.getProperty("os.name")).isEqualTo("Linux");
        assertThat(Blas.isNative()).isTrue();
        assertThat(Blas.name()).contains("OpenBLAS " + OpenBlasLibrary.VERSION);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void sgemm_everyImplementation_agreesWithPlainLoops(BLAS blas) {
        int[][] shapes = {{16, 200, 784}, {16, 784, 200}, {784, 100, 16}, {200, 392, 7}, {1, 5, 3}, {3, 1, 1}};
        for (int[] shape : shapes) {
            for (String transA : List.of("N", "T")) {
                for (String transB : List.of("N", "T")) {
                    for (float beta : new float[] {0f, 1f}) {
                        check(blas, shape[0], shape[1], shape[2], transA.equals("T"), transB.equals("T"), beta);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void sgemvAndSdot_everyImplementation_agreeWithPlainLoops(BLAS blas) {
        int m = 13;
        int n = 29;
        float[] a = Wave.of(m * n, 0.3, 1, 0);
        float[] x = Wave.of(m, 0.9, 1, 0);
        float[] y = Wave.of(n, 1.2, 1, 0);
        float[] actual = y.clone();
        blas.sgemv("T", m, n, 1f, a, 0, m, x, 0, 1, 1f, actual, 0, 1);
        for (int j = 0; j < n; j++) {
            double expected = y[j];
            for (int i = 0; i < m; i++) {
                expected += (double) a[j * m + i] * x[i];
            }
            assertThat((double) actual[j]).isCloseTo(expected, within(1e-5));
        }
        double squares = 0;
        for (float value : a) {
            squares += (double) value * value;
        }
        assertThat((double) blas.sdot(a.length, a, 0, 1, a, 0, 1)).isCloseTo(squares, within(1e-3));
    }

    @Test
    void sgemm_wholeProducts_areRoundedAndThenAdded() {
        assertThat(Blas.accumulatesInPlace(128)).isTrue();
        assertThat(Blas.accumulatesInPlace(129)).isFalse();
        for (int[] shape :
                new int[][] {{784, 100}, {200, 392}, {784, 13}, {200, 49}, {36, 6}, {12, 36}, {1, 5}, {7, 1}}) {
            for (int k = 1; k <= 128; k++) {
                for (String transA : List.of("N", "T")) {
                    int m = shape[0];
                    int n = shape[1];
                    float[] a = Wave.of(m * k, 0.1, 1, 0);
                    float[] b = Wave.of(k * n, 0.2, 1, 0);
                    float[] sum = Wave.of(m * n, 0.3, 1, 0);
                    float[] product = new float[m * n];
                    int lda = transA.equals("T") ? k : m;
                    Blas.sgemm(transA, "N", m, n, k, a, 0, lda, b, 0, k, 0f, product, 0, m);
                    for (int i = 0; i < product.length; i++) {
                        product[i] += sum[i];
                    }
                    Blas.sgemm(transA, "N", m, n, k, a, 0, lda, b, 0, k, 1f, sum, 0, m);
                    assertThat(sum).as("%s, %d x %d x %d", transA, m, n, k).isEqualTo(product);
                }
            }
        }
    }

    private static void check(BLAS blas, int m, int n, int k, boolean transA, boolean transB, float beta) {
        float[] a = Wave.of(m * k, 0.1, 1, 0);
        float[] b = Wave.of(k * n, 0.2, 1, 0);
        float[] c = Wave.of(m * n, 0.3, 1, 0);
        int lda = transA ? k : m;
        int ldb = transB ? n : k;
        float[] actual = c.clone();
        blas.sgemm(transA ? "T" : "N", transB ? "T" : "N", m, n, k, 1f, a, 0, lda, b, 0, ldb, beta, actual, 0, m);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                double expected = beta * c[j * m + i];
                for (int l = 0; l < k; l++) {
                    double left = transA ? a[i * lda + l] : a[l * lda + i];
                    double right = transB ? b[l * ldb + j] : b[j * ldb + l];
                    expected += left * right;
                }
                double tolerance = 4e-6 * k + 1e-6; // plain sums of k floats lose so much
                if (Math.abs(actual[j * m + i] - expected) > tolerance) {
                    assertThat((double) actual[j * m + i])
                            .as("%s of %d x %d x %d, element (%d, %d)", blas.getClass(), m, n, k, i, j)
                            .isCloseTo(expected, within(tolerance));
                }
            }
        }
    }
}
