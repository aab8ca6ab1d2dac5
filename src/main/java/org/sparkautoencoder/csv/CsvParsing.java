package org.sparkautoencoder.csv;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Parts of files into blocks of rows; at least one block for each part, in the order of the lines. */
final class CsvParsing implements FlatMapFunction<List<InputSplit>, RowBlock> {
    private static final long serialVersionUID = 1L;

    private final CsvDialect dialect;
    private final CsvSettings settings;
    private final Broadcast<SerializableConfiguration> conf;

    CsvParsing(CsvDialect dialect, CsvSettings settings, Broadcast<SerializableConfiguration> conf) {
        this.dialect = dialect;
        this.settings = settings;
        this.conf = conf;
    }

    @Override
    public Iterator<RowBlock> call(List<InputSplit> splits) {
        return new Blocks(dialect, settings, conf.value().value(), splits);
    }

    /** Parses a block at a time. */
    private static final class Blocks implements Iterator<RowBlock>, TaskCompletionListener {
        private final CsvDialect dialect;
        private final Configuration conf;
        private final Iterator<InputSplit> splits;
        private final CsvSettings settings;
        private final boolean scaleOpen;
        private final RowParser parser;
        private final float[] pixels;
        private InputSplit split;
        private LineReader lines;
        private boolean beforeFirst;

        Blocks(CsvDialect dialect, CsvSettings settings, Configuration conf, List<InputSplit> splits) {
            this.dialect = dialect;
            this.conf = conf;
            this.splits = splits.iterator();
            this.settings = settings;
            this.scaleOpen = dialect.scale() == CsvSettings.PixelScale.AUTO;
            this.parser = new RowParser(dialect, settings.unlabelled());
            this.pixels = new float[dialect.width()];
            TaskContext.get().addTaskCompletionListener(this);
        }

        @Override
        public boolean hasNext() {
            return split != null || splits.hasNext();
        }

        @Override
        public RowBlock next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            InputSplit from = split == null ? splits.next() : split;
            RowBlockBuilder block = new RowBlockBuilder(from.file(), dialect.width());
            boolean more;
            try {
                more = fill(from, block);
            } catch (IOException e) {
                throw new BadInputException(from.path() + " cannot be read: " + InputFiles.reason(e), e);
            }
            split = more ? from : null;
            return block.build();
        }

        /** Takes rows until the block is full; false where the part has ended. */
        private boolean fill(InputSplit from, RowBlockBuilder block) throws IOException {
            RowStatistics statistics = block.statistics();
            try {
                if (split == null) {
                    lines = InputFiles.open(conf, from);
                    beforeFirst = from.start() == 0;
                }
                while (!block.isFull()) {
                    if (!lines.advance() || lines.offset() >= from.end()) {
                        close();
                        return false;
                    }
                    boolean noRow = isHeader() || lines.isBlank();
                    statistics.line();
                    if (noRow) {
                        continue;
                    }
                    if (parser.parse(lines.buffer(), lines.start(), lines.end(), pixels)) {
                        block.add(parser.label(), pixels, parser.isWhole());
                        if (scaleOpen) {
                            statistics.values(pixels);
                        }
                    } else {
                        statistics.bad(parser.badRow(statistics.lines()));
                        if (settings.badRows() == CsvSettings.BadRows.FAIL) {
                            close();
                            return false;
                        }
                    }
                }
                return true;
            } catch (BadInputException e) {
                statistics.bad(new BadRow(BadRow.Reason.UNREADABLE, statistics.lines() + 1, 0, "", e.getMessage()));
            } catch (IOException e) {
                statistics.bad(new BadRow(BadRow.Reason.UNREADABLE, statistics.lines() + 1, 0, "", whatToDo(e, from)));
            }
            close();
            return false;
        }

        private String whatToDo(IOException e, InputSplit from) throws IOException {
            if (e instanceof FileNotFoundException || e instanceof AccessControlException) {
                return "the file cannot be opened (" + InputFiles.reason(e) + "); see that all executors may read it";
            }
            if (InputFiles.isCompressed(conf, from.path())) {
                return "the compressed file is damaged or cut short (" + InputFiles.reason(e)
                        + "); fetch or write it again";
            }
            throw e; // perhaps another attempt succeeds
        }

        /** The first line that is not blank may be the header. */
        private boolean isHeader() {
            if (!beforeFirst) {
                return false;
            }
            lines.skipByteOrderMark();
            if (lines.isBlank()) {
                return false;
            }
            beforeFirst = false;
            return CsvHeader.starts(lines.text(), dialect, settings);
        }

        private void close() throws IOException {
            if (lines != null) {
                lines.close();
                lines = null;
            }
        }

        @Override
        public void onTaskCompletion(TaskContext context) {
            try {
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
