package org.sparkautoencoder.csv;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function2;

/** From blocks to rows: each row gets its id and its class, and its values are scaled. */
final class RowNumbering implements Function2<Integer, Iterator<RowBlock>, Iterator<DataRow>> {
    private static final long serialVersionUID = 1L;

    private final long[] firstIds;
    private final Scaling scaling;
    private final Classes classes;

    /** @param firstIds the id of each partition's first row */
    RowNumbering(long[] firstIds, Scaling scaling, Classes classes) {
        this.firstIds = firstIds;
        this.scaling = scaling;
        this.classes = classes;
    }

    @Override
    public Iterator<DataRow> call(Integer partition, Iterator<RowBlock> blocks) {
        return new Rows(blocks, firstIds[partition]);
    }

    private final class Rows implements Iterator<DataRow> {
        private final Iterator<RowBlock> blocks;
        private RowBlock block;
        private short[] labels;
        private int row;
        private long id;

        Rows(Iterator<RowBlock> blocks, long firstId) {
            this.blocks = blocks;
            this.id = firstId;
        }

        @Override
        public boolean hasNext() {
            while ((block == null || row == block.rows()) && blocks.hasNext()) {
                block = blocks.next();
                labels = block.classes(classes);
                row = 0;
            }
            return block != null && row < block.rows();
        }

        @Override
        public DataRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            DataRow numbered = new DataRow(id, labels[row], block.scaled(row, scaling));
            id++;
            row++;
            return numbered;
        }
    }
}
