package org.sparkautoencoder.results;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/** One parquet file of rows, which appears whole or not at all: written aside, forced to the disk, renamed. */
final class PartFile {
    private PartFile() {}

    /** Adds a file; its name must be new. */
    static <R extends Record> void add(FileSystem fs, Configuration conf, Path part, Table<R> table, List<R> rows)
            throws IOException {
        Path aside = RunFolder.aside(part);
        writeOrDelete(fs, conf, aside, table, rows);
        if (fs.exists(part)) { // a local rename would replace it without a word
            fs.delete(aside, false);
            throw new FileAlreadyExistsException(part + " exists already");
        }
        rename(fs, aside, part);
    }

    /** Writes a file in the place of the one of the same name: whoever reads sees the old one or the new one. */
    static <R extends Record> void replace(FileSystem fs, Configuration conf, Path part, Table<R> table, List<R> rows)
            throws IOException {
        Path aside = RunFolder.aside(part);
        writeOrDelete(fs, conf, aside, table, rows);
        if (fs instanceof RawLocalFileSystem) {
            rename(fs, aside, part); // rename(2), which replaces at once; FileContext would delete first
        } else {
            FileContext.getFileContext(fs.getUri(), conf).rename(aside, part, Options.Rename.OVERWRITE);
        }
    }

    private static <R extends Record> void writeOrDelete(
            FileSystem fs, Configuration conf, Path aside, Table<R> table, List<R> rows) throws IOException {
        try {
            write(fs, conf, aside, table, rows);
        } catch (IOException | RuntimeException e) {
            try {
                fs.delete(aside, false);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private static <R extends Record> void write(
            FileSystem fs, Configuration conf, Path aside, Table<R> table, List<R> rows) throws IOException {
        try (ParquetWriter<R> writer = new Builder<>(new PlainOutputFile(fs, aside), table)
                .withConf(conf)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            for (R row : rows) {
                writer.write(row);
            }
        }
    }

    private static void rename(FileSystem fs, Path from, Path to) throws IOException {
        if (!fs.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }

    private static final class Builder<R extends Record> extends ParquetWriter.Builder<R, Builder<R>> {
        private final Table<R> table;

        Builder(OutputFile file, Table<R> table) {
            super(file);
            this.table = table;
        }

        @Override
        protected Builder<R> self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract there
        protected WriteSupport<R> getWriteSupport(Configuration conf) {
            return new RowWriteSupport<>(table);
        }
    }
}
