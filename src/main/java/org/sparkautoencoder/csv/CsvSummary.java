package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;

/** Statistics of a data set's files, or the error for which they are rejected. */
final class CsvSummary {
    private final CsvSettings settings;
    private final Advice advice;
    private final RowStatistics total = new RowStatistics();
    private final long[] firstIds;
    private final Map<String, Long> skipped = new TreeMap<>();
    private String firstBad;

    /** What to do about a bad row, after what is wrong with it. */
    interface Advice {
        String on(BadRow row);
    }

    private CsvSummary(CsvSettings settings, Advice advice, int partitions) {
        this.settings = settings;
        this.advice = advice;
        this.firstIds = new long[partitions];
    }

    /** Runs the job that parses everything. */
    static CsvSummary of(JavaRDD<RowBlock> blocks, InputFiles files, CsvSettings settings, Advice advice) {
        List<List<RowBlock>> partitions = collect(blocks.mapPartitions(CsvSummary::statistics));
        CsvSummary summary = new CsvSummary(settings, advice, partitions.size());
        List<RowStatistics> perFile = new ArrayList<>();
        for (int file = 0; file < files.count(); file++) {
            perFile.add(new RowStatistics());
        }
        long rows = 0;
        for (int partition = 0; partition < partitions.size(); partition++) {
            summary.firstIds[partition] = rows;
            for (RowBlock stretch : partitions.get(partition)) {
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
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BadInputException) {
                    throw new BadInputException(cause.getMessage(), e);
                }
            }
            throw e;
        }
    }

    /** The blocks of a partition as one tally for each file. */
    private static Iterator<List<RowBlock>> statistics(Iterator<RowBlock> blocks) {
        List<RowBlock> stretches = new ArrayList<>();
        RowBlock open = null;
        while (blocks.hasNext()) {
            RowBlock block = blocks.next();
            if (open == null || open.file() != block.file()) {
                open = RowBlock.ofStatistics(block.file(), new RowStatistics());
                stretches.add(open);
            }
            open.statistics().add(block.statistics());
        }
        return Collections.singletonList(stretches).iterator();
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
}
