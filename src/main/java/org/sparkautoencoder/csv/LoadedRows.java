package org.sparkautoencoder.csv;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * A data set that has been read without errors. Its rows lie in Spark's memory, or on its disks, until {@link #close}; after
 * that they can still be asked for, and are then read from the files again.
 */
public final class LoadedRows implements AutoCloseable {
    private final JavaRDD<RowBlock> blocks;
    private final JavaRDD<DataRow> dataRows;
    private final CsvDialect dialect;
    private final CsvSummary summary;
    private final String fingerprint;
    private final double seconds;

    /** @param seconds how long it took to read them */
    LoadedRows(JavaRDD<RowBlock> blocks, CsvDialect dialect, CsvSummary summary, double seconds) {
        this.blocks = blocks;
        this.dialect = dialect;
        this.summary = summary;
        this.seconds = seconds;
        this.fingerprint = summary.total().fingerprint(dialect.width(), dialect.scale());
        this.dataRows = blocks.mapPartitionsWithIndex(
                        new RowNumbering(summary.firstIds(), dialect.scale().largest()), true)
                .setName("rows");
    }

    /** The rows with their ids 0..rows-1, pixels 0..1; in order. */
    public JavaRDD<DataRow> dataRows() {
        return dataRows;
    }

    /** The rows as they were parsed, in blocks. */
    public JavaRDD<RowBlock> blocks() {
        return blocks;
    }

    /** The id of the first row of each partition of {@link #blocks}. */
    public long[] firstIds() {
        return summary.firstIds();
    }

    public long rows() {
        return summary.rows();
    }

    /** How long it took to read and parse the files. */
    public double seconds() {
        return seconds;
    }

    /** Pixels of a row. */
    public int width() {
        return dialect.width();
    }

    /** How many rows have label 0, 1, ... 9; the others have none. */
    public long[] labels() {
        return summary.total().labels().clone();
    }

    /** How many rows were left out, by reason; under {@code no rows in a file}, how many files. */
    public Map<String, Long> skipped() {
        return Collections.unmodifiableMap(summary.skipped());
    }

    /** What the rows look like; its scale is decided. */
    public CsvDialect dialect() {
        return dialect;
    }

    /** 32 hex digits that depend on the rows, their order, labels and pixels, but not on how they lie in files. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Releases the memory. */
    @Override
    public void close() {
        blocks.unpersist(false);
    }

    @Override
    public String toString() {
        return rows() + " rows of " + width() + " pixels, " + dialect.describe() + ", labels "
                + Arrays.toString(labels());
    }
}
