package org.sparkautoencoder.csv;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function2;

/** Lines of rows, without a header among them, into blocks; at least one for each partition, in the order of the lines. */
final class TableParsing implements Function2<Integer, Iterator<String>, Iterator<RowBlock>> {
    private static final long serialVersionUID = 1L;

    private final CsvDialect dialect;
    private final CsvSettings settings;
    private final ValueBounds bounds;
    private final int[] files; // by partition

    /** @param files the number of the file that each partition belongs to */
    TableParsing(CsvDialect dialect, CsvSettings settings, ValueBounds bounds, int[] files) {
        this.dialect = dialect;
        this.settings = settings;
        this.bounds = bounds;
        this.files = files;
    }

    @Override
    public Iterator<RowBlock> call(Integer partition, Iterator<String> lines) {
        return new Blocks(lines, files[partition]);
    }

    private final class Blocks implements Iterator<RowBlock> {
        private final Iterator<String> lines;
        private final int file;
        private final RowParser parser = new RowParser(dialect, settings, bounds);
        private final float[] values = new float[dialect.width()];
        private boolean begun;
        private boolean ended;

        Blocks(Iterator<String> lines, int file) {
            this.lines = lines;
            this.file = file;
        }

        @Override
        public boolean hasNext() {
            return !begun || (!ended && lines.hasNext());
        }

        @Override
        public RowBlock next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            begun = true;
            RowBlockBuilder block = new RowBlockBuilder(file, dialect.width());
            while (!block.isFull() && !ended && lines.hasNext()) {
                byte[] line = (lines.next() + "\n").getBytes(StandardCharsets.UTF_8);
                block.statistics().line();
                ended = !block.take(parser, line, 0, line.length - 1, values, settings.badRows());
            }
            return block.build();
        }
    }
}
