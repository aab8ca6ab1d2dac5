package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;

/** Statistics of a data set's files, or the error for which they are rejected. */
final class CsvSummary {
    private final CsvSettings settings;
    private final Advice advice;
    private final RowStatistics total = new RowStatistics();
    private final long[] firstIds;
    private final Map<String, Long> skipped = new TreeMap<>();
    private final JavaRDD<RowBlock> unchanged;
    private String firstBad;

    /** What to do about a bad row, after what is wrong with it. */
    interface Advice {
        String on(BadRow row);
    }

    private CsvSummary(CsvSettings settings, Advice advice, int partitions, JavaRDD<RowBlock> unchanged) {
        this.settings = settings;
        this.advice = advice;
        this.firstIds = new long[partitions];
        this.unchanged = unchanged;
    }

    /** Runs the job that parses everything. */
    static CsvSummary of(JavaRDD<RowBlock> blocks, InputFiles files, CsvSettings settings, Advice advice) {
        List<ReadPartition> partitions = collect(blocks.mapPartitions(ReadPartition::of));
        CsvSummary summary = new CsvSummary(settings, advice, partitions.size(), unchanged(blocks, files, partitions));
        List<RowStatistics> perFile = new ArrayList<>();
        for (int file = 0; file < files.count(); file++) {
            perFile.add(new RowStatistics());
        }
        long rows = 0;
        for (int partition = 0; partition < partitions.size(); partition++) {
            summary.firstIds[partition] = rows;
            for (RowBlock stretch : partitions.get(partition).stretches) {
                rows += stretch.statistics().rows();
                perFile.get(stretch.file()).add(stretch.statistics());
            }
        }
        for (int file = 0; file < perFile.size(); file++) {
            summary.take(files.name(file), perFile.get(file));
        }
        summary.requireGood();
        return summary;
    }

    private static <T> List<T> collect(JavaRDD<T> rdd) {
        try {
            return rdd.collect();
        } catch (Exception e) { // Spark throws a checked exception and doesn't declare it
            BadInputException bad = BadInputException.in(e);
            if (bad != null) {
                throw new BadInputException(bad.getMessage(), e);
            }
            throw e;
        }
    }

    private static JavaRDD<RowBlock> unchanged(
            JavaRDD<RowBlock> blocks, InputFiles files, List<ReadPartition> partitions) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(blocks.context());
        long[][] checksums =
                partitions.stream().map(partition -> partition.checksums).toArray(long[][]::new);
        String[] names = new String[files.count()];
        Arrays.setAll(names, files::name);
        return blocks.mapPartitionsWithIndex(
                        new UnchangedBlocks(spark.broadcast(checksums), spark.broadcast(names)), true)
                .setName(blocks.name() + ", unchanged");
    }

    private void take(String file, RowStatistics statistics) {
        boolean failing = settings.badRows() == CsvSettings.BadRows.FAIL;
        BadRow bad =
                failing || statistics.firstUnreadable() == null ? statistics.firstBad() : statistics.firstUnreadable();
        if (bad == null && statistics.rows() == 0) {
            String what = statistics.lines() == 0
                    ? "the file is empty"
                    : "the file has no rows, only a header or blank lines";
            bad = new BadRow(BadRow.Reason.EMPTY, 0, 0, "", what + "; remove it, or skip it (--bad-rows skip)");
            skipped.merge(bad.reason().text(), 1L, Long::sum);
        }
        if (bad != null) {
            String message = bad.describe(file);
            if (failing || bad.reason() == BadRow.Reason.UNREADABLE) {
                throw new BadInputException(message + advice.on(bad));
            }
            firstBad = firstBad == null ? message : firstBad;
        }
        statistics.skipped().forEach((reason, number) -> skipped.merge(reason.text(), number, Long::sum));
        total.add(statistics);
    }

    private void requireGood() {
        long bad = total.badRows();
        if (total.rows() == 0) {
            throw new BadInputException("no row can be used " + skipped + "; the first error: " + firstBad);
        }
        if (bad > settings.maxBadRows() * (bad + total.rows())) {
            throw new BadInputException(bad + " of " + (bad + total.rows()) + " rows are bad " + skipped
                    + ", more than the fraction " + settings.maxBadRows()
                    + " that is allowed (--max-bad-rows); the first error: " + firstBad);
        }
    }

    /** The blocks, each compared with what it was in the job that read them first. */
    JavaRDD<RowBlock> unchanged() {
        return unchanged;
    }

    long rows() {
        return total.rows();
    }

    RowStatistics total() {
        return total;
    }

    /** The id of each partition's first row. */
    long[] firstIds() {
        return firstIds;
    }

    /** Reason to number of rows (of files for "no rows in a file"). */
    Map<String, Long> skipped() {
        return skipped;
    }

    /** What the first reading leaves of a partition. */
    private static final class ReadPartition implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ArrayList<RowBlock> stretches = new ArrayList<>(); // without rows, one for each file
        private long[] checksums = new long[8]; // by block

        static Iterator<ReadPartition> of(Iterator<RowBlock> blocks) {
            ReadPartition read = new ReadPartition();
            int count = 0;
            while (blocks.hasNext()) {
                RowBlock block = blocks.next();
                if (count == read.checksums.length) {
                    read.checksums = Arrays.copyOf(read.checksums, 2 * count);
                }
                read.checksums[count++] = block.checksum();
                read.add(block);
            }
            read.checksums = Arrays.copyOf(read.checksums, count);
            return Collections.singleton(read).iterator();
        }

        private void add(RowBlock block) {
            RowBlock open = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            if (open == null || open.file() != block.file()) {
                open = RowBlock.ofStatistics(block.file(), new RowStatistics());
                stretches.add(open);
            }
            open.statistics().add(block.statistics());
        }
    }

    /**
     * Passes on the blocks that are what they were at the first reading. Blocks that Spark has lost, with an executor say, are
     * read from the files again, and the files may be others by then.
     */
    private static final class UnchangedBlocks implements Function2<Integer, Iterator<RowBlock>, Iterator<RowBlock>> {
        private static final long serialVersionUID = 1L;

        private final Broadcast<long[][]> checksums; // by partition and block
        private final Broadcast<String[]> names; // of the files

        UnchangedBlocks(Broadcast<long[][]> checksums, Broadcast<String[]> names) {
            this.checksums = checksums;
            this.names = names;
        }

        @Override
        public Iterator<RowBlock> call(Integer partition, Iterator<RowBlock> blocks) {
            return new Blocks(blocks, checksums.value()[partition]);
        }

        private final class Blocks implements Iterator<RowBlock> {
            private final Iterator<RowBlock> blocks;
            private final long[] expected;
            private int count;
            private RowBlock last;

            Blocks(Iterator<RowBlock> blocks, long[] expected) {
                this.blocks = blocks;
                this.expected = expected;
            }

            @Override
            public boolean hasNext() {
                if (blocks.hasNext()) {
                    return true;
                }
                if (count < expected.length) {
                    throw changed();
                }
                return false;
            }

            @Override
            public RowBlock next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                last = blocks.next();
                if (count == expected.length || last.checksum() != expected[count]) {
                    throw changed();
                }
                count++;
                return last;
            }

            // Each part of a file yields a block, so the first one that differs is of the file that has changed.
            private BadInputException changed() {
                String file = names.value()[last == null ? 0 : last.file()];
                BadRow unreadable = last == null ? null : last.statistics().firstUnreadable();
                return new BadInputException(
                        unreadable == null
                                ? file + " has changed since it was first read; name a copy that nobody writes to, and"
                                        + " start again"
                                : unreadable.describeAgain(file));
            }
        }
    }
}
