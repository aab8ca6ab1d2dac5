package org.sparkautoencoder.kernel;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.Optional;

/**
 * The BLAS of this JVM, chosen once: the bundled OpenBLAS, else the system's library, else netlib's Vector API
 * code, else plain Java. All matrices are column-major, as in BLAS.
 */
public final class Blas {
    /** System property: {@code java} disables native libraries. */
    public static final String PROPERTY = "org.sparkautoencoder.blas";

    // OpenBLAS's AVX-512 kernels multiply small matrices without packing: up to 10^6 multiplications, or 1,200
    // results where A is transposed. A product over a few rows is mostly packing, so it is cut along n into pieces of
    // that size: 1.3 to 2.1 times as fast. Its other kernels pack every product; there, cutting would only pack A
    // again.
    private static final int SMALL_PRODUCT = 1_000_000;
    private static final int SMALL_RESULT = 1_200;
    private static final int COLUMNS = 8;

    private static final String LIBRARY_PATH = "dev.ludovic.netlib.blas.nativeLibPath";
    private static final int OPENBLAS_BLOCK = 128;
    private static final BLAS CHOSEN;
    private static final boolean BUNDLED;
    private static final boolean SMALL_KERNELS;
    private static final String NAME;

    static {
        String origin = "system library";
        Optional<OpenBlasLibrary> bundled = Optional.empty();
        if (System.getProperty(LIBRARY_PATH) != null) {
            origin = System.getProperty(LIBRARY_PATH);
        } else if (!"java".equals(System.getProperty(PROPERTY))) {
            bundled = OpenBlasLibrary.extract();
            if (bundled.isPresent()) {
                System.setProperty(LIBRARY_PATH, bundled.get().file().toString());
                origin = "OpenBLAS " + OpenBlasLibrary.VERSION;
            }
        }
        CHOSEN = choose();
        BUNDLED = isNative() && bundled.isPresent();
        SMALL_KERNELS = BUNDLED && Processor.hasAvx512Kernels(System.getenv("OPENBLAS_CORETYPE"));
        NAME = describe(CHOSEN, origin);
        bundled.ifPresent(OpenBlasLibrary::close);
    }

    private Blas() {}

    /** The implementation, its kernels and threads: what the low bits of a product depend on. */
    public static String name() {
        return NAME;
    }

    /** Whether the native library is used: several times faster than Java here. */
    public static boolean isNative() {
        return CHOSEN instanceof NativeBLAS;
    }

    /**
     * Whether sgemm with beta = 1 adds each value of a product over k to C as one rounded number. The bundled OpenBLAS does
     * as long as k is no more than its block; others add term by term, or are not known to.
     */
    static boolean accumulatesInPlace(int k) {
        return BUNDLED && k <= OPENBLAS_BLOCK;
    }

    /**
     * C = op(A) op(B) + beta C with op(A) m x k, op(B) k x n, C m x n.
     *
     * @param transA "N" or "T": whether A is stored transposed; likewise transB
     */
    public static void sgemm(
            String transA,
            String transB,
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb,
            float beta,
            float[] c,
            int cOffset,
            int ldc) {
        boolean transposedA = transA.equals("T");
        int columnOfB = transB.equals("T") ? 1 : ldb;
        int most = SMALL_KERNELS ? most(transposedA, m, n, k) : n;
        for (int j = 0; j < n; j += most) {
            CHOSEN.sgemm(
                    transA,
                    transB,
                    m,
                    Math.min(most, n - j),
                    k,
                    1f,
                    a,
                    aOffset,
                    lda,
                    b,
                    bOffset + j * columnOfB,
                    ldb,
                    beta,
                    c,
                    cOffset + j * ldc,
                    ldc);
        }
    }

    // How many columns of C are computed at once.
    private static int most(boolean transposedA, int m, int n, int k) {
        long columns = SMALL_PRODUCT / Math.max(1, (long) m * k);
        if (transposedA) {
            columns = Math.min(columns, SMALL_RESULT / m);
        }
        columns -= columns % COLUMNS;
        return columns == 0 ? n : (int) Math.min(n, columns);
    }

    /** y = A^T x + beta y with A m x n, x m, y n. */
    public static void sgemvTransposed(
            int m, int n, float[] a, int aOffset, float[] x, float beta, float[] y, int yOffset) {
        CHOSEN.sgemv("T", m, n, 1f, a, aOffset, m, x, 0, 1, beta, y, yOffset, 1);
    }

    /** The sum of n values' squares. */
    public static float sumOfSquares(int n, float[] x, int offset) {
        return CHOSEN.sdot(n, x, offset, 1, x, offset, 1);
    }

    private static BLAS choose() {
        if (!"java".equals(System.getProperty(PROPERTY))) {
            try {
                return NativeBLAS.getInstance();
            } catch (RuntimeException | LinkageError e) {
                System.getLogger(Blas.class.getName())
                        .log(System.Logger.Level.WARNING, "no native BLAS, so training is several times slower: " + e);
            }
        }
        return JavaBLAS.getInstance();
    }

    private static String describe(BLAS blas, String origin) {
        if (blas instanceof NativeBLAS) {
            String cores = System.getenv("OPENBLAS_CORETYPE");
            String threads = System.getenv("OPENBLAS_NUM_THREADS");
            return "native (" + origin + ", " + (cores == null ? "kernels by processor" : cores + " kernels") + ", "
                    + (threads == null
                            ? "threads by processor"
                            : threads + (threads.equals("1") ? " thread" : " threads"))
                    + ")";
        }
        return blas.getClass().getSimpleName().equals("VectorBLAS") ? "Java Vector API" : "plain Java";
    }
}
