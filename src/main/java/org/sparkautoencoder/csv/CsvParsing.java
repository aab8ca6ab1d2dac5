package org.sparkautoencoder.csv;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Parts of files into blocks of rows; at least one block for each part, in the order of the lines. */
final class CsvParsing implements FlatMapFunction<List<InputFiles.Split>, RowBlock> {
    private static final long serialVersionUID = 1L;

    private final CsvDialect dialect;
    private final CsvSettings settings;
    private final ValueBounds bounds;
    private final Broadcast<SerializableConfiguration> conf;

    CsvParsing(
            CsvDialect dialect, CsvSettings settings, ValueBounds bounds, Broadcast<SerializableConfiguration> conf) {
        this.dialect = dialect;
        this.settings = settings;
        this.bounds = bounds;
        this.conf = conf;
    }

    @Override
    public Iterator<RowBlock> call(List<InputFiles.Split> splits) {
        Blocks blocks = new Blocks(conf.value().value(), splits);
        TaskContext.get().addTaskCompletionListener(blocks);
        return blocks;
    }

    /** Parses a block at a time. */
    private final class Blocks implements Iterator<RowBlock>, TaskCompletionListener {
        private final Configuration conf;
        private final Iterator<InputFiles.Split> splits;
        private final RowParser parser = new RowParser(dialect, settings, bounds);
        private final float[] values = new float[dialect.width()];
        private InputFiles.Split split;
        private LineReader lines;
        private boolean beforeFirst;

        Blocks(Configuration conf, List<InputFiles.Split> splits) {
            this.conf = conf;
            this.splits = splits.iterator();
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
            InputFiles.Split from = split == null ? splits.next() : split;
            RowBlock.Builder block = new RowBlock.Builder(from.file(), dialect.width());
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
        private boolean fill(InputFiles.Split from, RowBlock.Builder block) throws IOException {
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
                    if (!take(block)) {
                        close();
                        return false;
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

        /** Takes the row in a line, if there is one; false if it ends the reading. */
        private boolean take(RowBlock.Builder block) {
            RowStatistics statistics = block.statistics();
            if (beforeFirst && lines.offset() == 0) {
                lines.skipByteOrderMark();
            }
            boolean blank = lines.isBlank();
            boolean comment = lines.isComment();
            boolean header = !blank && !comment && beforeFirst && startsWithHeader();
            beforeFirst &= blank || comment;
            statistics.line();
            if (blank || header) {
                return true;
            }
            if (comment) {
                statistics.bad(new BadRow(BadRow.Reason.COMMENT, statistics.lines(), 0, "", ""));
                return true;
            }
            return block.take(parser, lines.buffer(), lines.start(), lines.end(), values, settings.badRows());
        }

        /**
         * Whether the first line is a header, which it need not be: of the files that one was cut into, only one has it.
         *
         * @throws BadInputException where it is another header than the data set's
         */
        private boolean startsWithHeader() {
            List<String> found = Cells.of(lines.text(), dialect.delimiter());
            List<String> expected = dialect.header();
            if (dialect.isHeader(found)) {
                return true;
            }
            // Without a header, numbers that count are a row.
            CsvSettings others = settings.withUnlabelled(expected != null && settings.unlabelled());
            boolean mangled = expected != null && CsvHeader.isMangled(expected) && CsvHeader.isMangled(found);
            if (found.size() != dialect.columns().count()
                    || (!mangled && !CsvHeader.isHeader(found, List.of(), others, new CellParser(dialect)))) {
                return false;
            }
            if (expected == null) {
                throw new BadInputException(
                        "this is a header, and the files before have none; give all of them the same, or none");
            }
            for (int i = 0; i < found.size(); i++) {
                if (!CsvHeader.name(found.get(i)).equals(CsvHeader.name(expected.get(i)))) {
                    throw new BadInputException("column " + (i + 1) + " is called '" + found.get(i) + "' here and '"
                            + expected.get(i) + "' in the files before; give all of them the same columns");
                }
            }
            return true;
        }

        private String whatToDo(IOException e, InputFiles.Split from) throws IOException {
            if (e instanceof FileNotFoundException || e instanceof AccessControlException) {
                return "the file cannot be opened (" + InputFiles.reason(e) + "); see that all executors may read it";
            }
            if (e instanceof EOFException && length(from) < from.start()) {
                return "the file has become shorter";
            }
            if (InputFiles.isCompressed(conf, from.path())) {
                return "the compressed file is damaged or cut short (" + InputFiles.reason(e)
                        + "); fetch or write it again";
            }
            throw e; // perhaps another attempt succeeds
        }

        private long length(InputFiles.Split from) throws IOException {
            Path file = new Path(from.path());
            return file.getFileSystem(conf).getFileStatus(file).getLen();
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
