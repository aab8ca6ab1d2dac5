package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;

/**
 * A data set that has been read without errors. Its rows lie in Spark's memory, or on its disks, until {@link #close}; after
 * that they can still be asked for, and are then read from the files again, which must not have changed.
 */
public final class LoadedRows implements AutoCloseable {
    private final JavaRDD<RowBlock> persisted;
    private final JavaRDD<DataRow> dataRows;
    private final RowSchema schema;
    private final CsvDialect dialect;
    private final List<String> leftOut;
    private final CsvSummary summary;
    private final String fingerprint;
    private final double seconds;

    /**
     * @param persisted the rows as {@code summary} knows them
     * @param seconds how long it took to read them
     */
    LoadedRows(
            JavaRDD<RowBlock> persisted,
            DetectedDialect found,
            CsvSummary summary,
            Classes classes,
            Scaling scaling,
            double seconds) {
        this.persisted = persisted;
        this.dialect = found.dialect();
        this.leftOut = found.notes();
        this.summary = summary;
        this.seconds = seconds;
        this.schema = schema(dialect, classes, scaling);
        this.fingerprint = summary.total().fingerprint(dialect.width(), scaling);
        this.dataRows = blocks().mapPartitionsWithIndex(new RowNumbering(summary.firstIds(), scaling, classes), true)
                .setName("rows");
    }

    private static RowSchema schema(CsvDialect dialect, Classes classes, Scaling scaling) {
        Columns columns = dialect.columns();
        List<Integer> labels = new ArrayList<>(columns.with(Columns.Role.LABEL));
        labels.addAll(columns.with(Columns.Role.INDICATOR));
        return new RowSchema(
                dialect.header(),
                columns.count(),
                Arrays.stream(columns.ofValues()).boxed().toList(),
                labels,
                classes,
                scaling);
    }

    /** The rows with their ids 0..rows-1 and their values scaled; in order. As {@link #blocks}, they fail if a file changes. */
    public JavaRDD<DataRow> dataRows() {
        return dataRows;
    }

    /**
     * The rows as they were parsed, in blocks. A task that has to read a file again fails of a {@link BadInputException} where
     * that has changed.
     */
    public JavaRDD<RowBlock> blocks() {
        return summary.unchanged();
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

    /** The number of values of a row. */
    public int width() {
        return schema.width();
    }

    /** What the rows are, so that others can be read as these were. */
    public RowSchema schema() {
        return schema;
    }

    public Classes classes() {
        return schema.classes();
    }

    public Scaling scaling() {
        return schema.scaling();
    }

    /** How many rows have each label; the others have none. */
    public Map<String, Long> labels() {
        return Collections.unmodifiableMap(summary.total().labels());
    }

    /** How many rows have no label. */
    public long unlabelled() {
        return rows()
                - summary.total().labels().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    /**
     * Checks that each row has a label, one of these.
     *
     * @throws BadInputException otherwise
     */
    public void requireLabels(Classes known) {
        if (unlabelled() > 0) {
            throw new BadInputException(String.format(
                    Locale.ROOT,
                    "%,d of %,d rows have no label, which a classifier needs; name the label's column (--label-column)",
                    unlabelled(),
                    rows()));
        }
        List<String> unknown = labels().keySet().stream()
                .filter(label -> known.number(label) < 0)
                .toList();
        if (!unknown.isEmpty()) {
            throw new BadInputException("rows have labels that no training row has: " + Classes.of(unknown)
                    + " (the classes are " + known + ")");
        }
    }

    /** How many lines were left out, by reason; under {@code no rows in a file}, how many files. */
    public Map<String, Long> skipped() {
        return Collections.unmodifiableMap(summary.skipped());
    }

    /** 32 hex digits that depend on the rows, their order, labels and values, but not on how they lie in files. */
    public String fingerprint() {
        return fingerprint;
    }

    /** What was understood of the files: rows and columns; label and classes; scale; what is left out. One line each. */
    public List<String> description() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%,d rows of %,d values", rows(), width())
                + (dialect.header() == null ? ", no header" : ""));
        lines.add(labelDescription());
        RowStatistics total = summary.total();
        lines.add("scale " + scaling() + ", values "
                + Scaling.number(total.smallest()) + ".." + Scaling.number(total.largest())
                + (total.missing() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d missing values filled", total.missing()))
                + (total.outsideValues() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %,d values of %,d rows outside the range of the training rows",
                                total.outsideValues(),
                                total.outsideRows())));
        leftOut.forEach(note -> lines.add("left out: " + note));
        skipped()
                .forEach((reason, number) -> lines.add(String.format(
                        Locale.ROOT, "left out: %,d %s%s (%s)", number, line(reason), number == 1 ? "" : "s", reason)));
        return lines;
    }

    private static String line(String reason) {
        return reason.equals(BadRow.Reason.EMPTY.text())
                ? "file"
                : reason.equals(BadRow.Reason.COMMENT.text()) || reason.equals(BadRow.Reason.REPEATED_HEADER.text())
                        ? "line"
                        : "bad row";
    }

    private String labelDescription() {
        if (schema.labels().isEmpty()) {
            return "no label";
        }
        return "label in "
                + (schema.labels().size() == 1 ? dialect.name(schema.labels().get(0)) : "several columns")
                + ", " + classes().size() + (classes().size() == 1 ? " class: " : " classes: ") + classes()
                + (unlabelled() == 0 ? "" : String.format(Locale.ROOT, ", %,d rows without a label", unlabelled()));
    }

    /** Releases the memory. */
    @Override
    public void close() {
        persisted.unpersist(false);
    }

    @Override
    public String toString() {
        return String.join("; ", description());
    }

    /** From blocks to rows: each row gets its id and its class, and its values are scaled. */
    private static final class RowNumbering implements Function2<Integer, Iterator<RowBlock>, Iterator<DataRow>> {
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
}
