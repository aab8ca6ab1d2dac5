package org.sparkautoencoder.results;

import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A process that writes one part of epochs whole and dies while it writes the second. */
final class DyingWriter {
    static final int EXIT_CODE = 66;

    private DyingWriter() {}

    public static void main(String[] arguments) throws IOException {
        ResultTables tables =
                ResultTables.create(new Path(arguments[0]), new Configuration(), "dies", SomeRows.run(Status.RUNNING));
        tables.append(Table.EPOCHS, List.of(SomeRows.epoch(0)));
        tables.append(Table.EPOCHS, new AbstractList<>() {
            @Override
            public EpochRow get(int index) {
                if (index == 500) {
                    Runtime.getRuntime().halt(EXIT_CODE);
                }
                return SomeRows.epoch(index);
            }

            @Override
            public int size() {
                return 1000;
            }
        });
    }
}
