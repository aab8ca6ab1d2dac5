package org.sparkautoencoder.kernel;

/** Rows, gathered and laid column by column. */
final class Transposition {
    // Read and written in blocks of 16 columns, so that the lines of the cache that a block writes are written whole.
    private static final int BLOCK = 16;

    private Transposition() {}

    /** out[j * rows + r] = source[sourceRows[first + r] * width + j]. */
    static void gather(float[] source, int width, int[] sourceRows, int first, int rows, float[] out) {
        for (int block = 0; block < width; block += BLOCK) {
            int end = Math.min(block + BLOCK, width);
            for (int r = 0; r < rows; r++) {
                int from = sourceRows[first + r] * width;
                for (int j = block; j < end; j++) {
                    out[j * rows + r] = source[from + j];
                }
            }
        }
    }

    /** out[r * width + j] = a[j * rows + r]. */
    static void of(float[] a, int width, int rows, float[] out) {
        for (int block = 0; block < width; block += BLOCK) {
            int end = Math.min(block + BLOCK, width);
            for (int r = 0; r < rows; r++) {
                for (int j = block; j < end; j++) {
                    out[r * width + j] = a[j * rows + r];
                }
            }
        }
    }
}
