package org.sparkautoencoder.digits;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function2;

/** Blocks into digits: each row gets its id, and its pixels are scaled to 0..1. */
final class RowNumbering implements Function2<Integer, Iterator<RowBlock>, Iterator<Digit>> {
    private static final long serialVersionUID = 1L;

    private final long[] firstIds;
    private final int width;
    private final int white;

    /**
     * @param firstIds the id of each partition's first row
     * @param white the pixel value that becomes 1
     */
    RowNumbering(long[] firstIds, int width, int white) {
        this.firstIds = firstIds;
        this.width = width;
        this.white = white;
    }

    @Override
    public Iterator<Digit> call(Integer partition, Iterator<RowBlock> blocks) {
        return new Digits(blocks, firstIds[partition], width, white);
    }

    private static final class Digits implements Iterator<Digit> {
        private final Iterator<RowBlock> blocks;
        private final int width;
        private final float white;
        private RowBlock block;
        private int row;
        private long id;

        Digits(Iterator<RowBlock> blocks, long firstId, int width, float white) {
            this.blocks = blocks;
            this.id = firstId;
            this.width = width;
            this.white = white;
        }

        @Override
        public boolean hasNext() {
            while ((block == null || row == block.labels().length) && blocks.hasNext()) {
                block = blocks.next();
                row = 0;
            }
            return block != null && row < block.labels().length;
        }

        @Override
        public Digit next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            float[] pixels = new float[width];
            float[] from = block.pixels();
            int at = row * width;
            if (white == 1) {
                System.arraycopy(from, at, pixels, 0, width);
            } else {
                for (int i = 0; i < width; i++) {
                    pixels[i] = from[at + i] / white;
                }
            }
            return new Digit(id++, block.labels()[row++], pixels);
        }
    }
}
