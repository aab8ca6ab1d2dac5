package org.sparkautoencoder.results;

import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * The tables, each with a name and a row type. The components of the row type are the columns, in order. New columns are
 * added at the end and must be nullable, because older files lack them. A column that was required may become nullable.
 *
 * @param <R> the row type
 */
public final class Table<R extends Record> {
    public static final Table<RunRow> RUNS = new Table<>("runs", RunRow.class);
    public static final Table<EpochRow> EPOCHS = new Table<>("epochs", EpochRow.class);
    public static final Table<DigitErrorRow> DIGIT_ERRORS = new Table<>("digit_errors", DigitErrorRow.class);
    public static final Table<ConfusionRow> CONFUSION = new Table<>("confusion", ConfusionRow.class);
    public static final Table<SampleRow> SAMPLES = new Table<>("samples", SampleRow.class);
    public static final Table<FeatureRow> FEATURES = new Table<>("features", FeatureRow.class);
    public static final Table<ScoreRow> SCORES = new Table<>("scores", ScoreRow.class);
    public static final Table<TrialRow> TRIALS = new Table<>("trials", TrialRow.class);

    /** All tables. */
    public static final List<Table<?>> ALL =
            List.of(RUNS, EPOCHS, DIGIT_ERRORS, CONFUSION, SCORES, SAMPLES, FEATURES, TRIALS);

    private final String name;
    private final Class<R> rowType;
    private final List<Column> columns;

    Table(String name, Class<R> rowType) {
        this.name = name;
        this.rowType = rowType;
        this.columns = Column.of(rowType);
    }

    /** The name of its folder. */
    public String name() {
        return name;
    }

    Class<R> rowType() {
        return rowType;
    }

    List<Column> columns() {
        return columns;
    }

    MessageType schema() {
        return new MessageType(name, columns.stream().map(Column::schema).toList());
    }

    @Override
    public String toString() {
        return name;
    }
}
