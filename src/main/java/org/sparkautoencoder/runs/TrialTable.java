package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.results.TrialRow;

/** The rows of a sweep's trials, in the table and in memory. Any thread. */
final class TrialTable {
    private final ResultTables tables;
    private final List<TrialRow> rows;

    private TrialTable(ResultTables tables, List<TrialRow> rows) {
        this.tables = tables;
        this.rows = rows;
    }

    /**
     * The table of a new sweep, or of one that is continued, whose trials are kept.
     *
     * @param planned a row for each trial, in their order
     * @throws BadInputException if the sweep has trials of other settings
     */
    static TrialTable open(Path results, Configuration conf, String sweepId, List<TrialRow> planned)
            throws IOException {
        List<TrialRow> rows = new ArrayList<>(planned);
        try {
            List<TrialRow> before = new TableReader(results, conf).rows(Table.TRIALS, sweepId);
            if (before.isEmpty()) {
                return new TrialTable(ResultTables.createSweep(results, conf, sweepId, planned), rows);
            }
            for (TrialRow row : before) {
                String now =
                        row.trial() < planned.size() ? planned.get(row.trial()).settings() : null;
                if (!String.valueOf(row.settings()).equals(now)) {
                    throw new BadInputException("trial " + row.trial() + " of the sweep " + sweepId + " is "
                            + oneLine(row.settings()) + ", now it would be " + oneLine(now)
                            + ": continue with the same grid, or choose another --sweep-id");
                }
                rows.set(row.trial(), row);
            }
            TrialTable table = new TrialTable(ResultTables.reopen(results, conf, sweepId), rows);
            table.tables.put(Table.TRIALS, rows);
            return table;
        } catch (IllegalArgumentException e) { // of the id
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    synchronized void put(TrialRow row) throws IOException {
        rows.set(row.trial(), row);
        tables.put(Table.TRIALS, rows);
    }

    synchronized TrialRow row(int trial) {
        return rows.get(trial);
    }

    synchronized List<TrialRow> rows() {
        return List.copyOf(rows);
    }

    private static String oneLine(String settings) {
        return settings == null ? "none" : "'" + settings.strip().replace('\n', ' ') + "'";
    }
}
