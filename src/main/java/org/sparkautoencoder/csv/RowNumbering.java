package org.sparkautoencoder.csv;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function2;

/** From blocks to rows: each row gets its id, and its pixels are scaled to 0..1. */
final class RowNumbering implements Function2<Integer, Iterator<RowBlock>, Iterator<DataRow>> {
    private static final long serialVersionUID = 1L;

    private final long[] firstIds;
    private final int maxValue;

    /**
     * @param firstIds the id of each partition's first row
     * @param maxValue the pixel value that becomes 1
     */
    RowNumbering(long[] firstIds, int maxValue) {
        this.firstIds = firstIds;
        this.maxValue = maxValue;
    }

    @Override
    public Iterator<DataRow> call(Integer partition, Iterator<RowBlock> blocks) {
        return new Digits(blocks, firstIds[partition], maxValue);
    }

    private static final class Digits implements Iterator<DataRow> {
        private final Iterator<RowBlock> blocks;
        private final float maxValue;
        private RowBlock block;
        private int row;
        private long id;

        Digits(Iterator<RowBlock> blocks, long firstId, float maxValue) {
            this.blocks = blocks;
            this.id = firstId;
            this.maxValue = maxValue;
        }

        @Override
        public boolean hasNext() {
            while ((block == null || row == block.rows()) && blocks.hasNext()) {
                block = blocks.next();
                row = 0;
            }
            return block != null && row < block.rows();
        }

        @Override
        public DataRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            DataRow digit = new DataRow(id, block.label(row), block.pixels(row, maxValue));
            id++;
            row++;
            return digit;
        }
    }
}
