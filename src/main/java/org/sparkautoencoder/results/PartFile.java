package org.sparkautoencoder.results;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.sparkautoencoder.csv.AtomicOutput;

/** One parquet file of rows, which appears completely or not at all. */
final class PartFile {
    private PartFile() {}

    /** Adds a file; its name must be new. */
    static <R extends Record> void add(Configuration conf, Path part, Table<R> table, List<R> rows) throws IOException {
        AtomicOutput.create(part, RunFolder.temporary(part), conf, (fs, file) -> write(fs, conf, file, table, rows));
    }

    /** Writes a file in the place of the one of the same name: readers see the old one or the new one. */
    static <R extends Record> void replace(Configuration conf, Path part, Table<R> table, List<R> rows)
            throws IOException {
        Path temporary = RunFolder.temporary(part);
        AtomicOutput.replaceFile(part, temporary, conf, (fs, file) -> write(fs, conf, file, table, rows));
    }

    private static <R extends Record> void write(
            FileSystem fs, Configuration conf, Path file, Table<R> table, List<R> rows) throws IOException {
        try (ParquetWriter<R> writer = new Builder<>(new PlainOutputFile(fs, file), table)
                .withConf(conf)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            for (R row : rows) {
                writer.write(row);
            }
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
