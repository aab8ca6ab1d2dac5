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

/** Writes parquet files atomically: to a temporary name, synchronised to disk, then renamed. */
final class PartFile {
    private PartFile() {}

    /** Adds a file with a new name. */
    static <R extends Record> void add(FileSystem fs, Configuration conf, Path part, Table<R> table, List<R> rows)
            throws IOException {
        Path temporary = RunFolder.temporary(part);
        writeOrDelete(fs, conf, temporary, table, rows);
        if (fs.exists(part)) { // a local rename would silently replace it
            fs.delete(temporary, false);
            throw new FileAlreadyExistsException(part + " exists already");
        }
        rename(fs, temporary, part);
    }

    /** Replaces the file of the same name; readers see the old one or the new one. */
    static <R extends Record> void replace(FileSystem fs, Configuration conf, Path part, Table<R> table, List<R> rows)
            throws IOException {
        Path temporary = RunFolder.temporary(part);
        writeOrDelete(fs, conf, temporary, table, rows);
        if (fs instanceof RawLocalFileSystem) {
            rename(fs, temporary, part); // rename(2) replaces atomically; FileContext would delete first
        } else {
            FileContext.getFileContext(fs.getUri(), conf).rename(temporary, part, Options.Rename.OVERWRITE);
        }
    }

    private static <R extends Record> void writeOrDelete(
            FileSystem fs, Configuration conf, Path temporary, Table<R> table, List<R> rows) throws IOException {
        try {
            write(fs, conf, temporary, table, rows);
        } catch (IOException | RuntimeException e) {
            try {
                fs.delete(temporary, false);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static <R extends Record> void write(
            FileSystem fs, Configuration conf, Path temporary, Table<R> table, List<R> rows) throws IOException {
        try (ParquetWriter<R> writer = new Builder<>(new PlainOutputFile(fs, temporary), table)
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
