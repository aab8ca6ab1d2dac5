package org.sparkautoencoder.kernel;

/** Gathers rows and transposes matrices. */
final class Transposition {
    // Read and written in blocks of 16 columns, so that a block writes whole cache lines.
    private static final int BLOCK = 16;

    private Transposition() {}

    /** out[j * rows + r] = source[sourceRows[first + r] * width + j] for columns j from {@code from} up to {@code to}. */
    static void gather(
            float[] source, int width, int from, int to, int[] sourceRows, int first, int rows, float[] out) {
        for (int block = from; block < to; block += BLOCK) {
            int end = Math.min(block + BLOCK, to);
            for (int r = 0; r < rows; r++) {
                int row = sourceRows[first + r] * width;
                for (int j = block; j < end; j++) {
                    out[j * rows + r] = source[row + j];
                }
            }
        }
    }

    /** out[r * width + j] = a[j * rows + r] for columns j from {@code from} up to {@code to}. */
    static void of(float[] a, int width, int from, int to, int rows, float[] out) {
        for (int block = from; block < to; block += BLOCK) {
            int end = Math.min(block + BLOCK, to);
            for (int r = 0; r < rows; r++) {
                for (int j = block; j < end; j++) {
                    out[r * width + j] = a[j * rows + r];
                }
            }
        }
    }
}
