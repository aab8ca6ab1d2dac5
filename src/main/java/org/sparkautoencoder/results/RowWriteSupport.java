package org.sparkautoencoder.results;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes records as parquet rows of their table. */
final class RowWriteSupport<R extends Record> extends WriteSupport<R> {
    private final Table<R> table;
    private RecordConsumer out;

    RowWriteSupport(Table<R> table) {
        this.table = table;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract there
    public WriteContext init(Configuration conf) {
        return new WriteContext(table.schema(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        out = consumer;
    }

    @Override
    public void write(R row) {
        out.startMessage();
        List<Column> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).write(row, i, out);
        }
        out.endMessage();
    }
}
