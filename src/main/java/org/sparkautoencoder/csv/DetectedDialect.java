package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * How the lines of a data set are read as rows, as the first of them show it.
 *
 * @param lines the first lines
 * @param dialect how they are read
 * @param notes what is left out, for the user
 */
record DetectedDialect(FirstLines lines, CsvDialect dialect, List<String> notes) {

    /**
     * Detects the dialect.
     *
     * @param schema of the rows that these are read like; null for none
     * @throws BadInputException where the columns cannot be told
     */
    static DetectedDialect detect(FirstLines lines, CsvSettings settings, RowSchema schema) {
        char delimiter = settings.delimiter() == 0 ? lines.delimiter() : settings.delimiter();
        char mark = delimiter == ';' && holdsDecimalComma(lines) ? ',' : '.';
        boolean percent = holdsPercent(lines, delimiter, mark);
        CellParser parser = new CellParser(mark, percent);
        boolean headless = schema != null && schema.header() == null;
        FirstRows first = FirstRows.of(lines, headless ? settings.withUnlabelled(false) : settings, delimiter, parser);
        ColumnChooser chooser = new ColumnChooser(first, settings, parser, schema);
        Columns columns = chooser.choose();
        CsvDialect dialect = new CsvDialect(
                delimiter, mark, percent, first.header() == null ? null : new ArrayList<>(first.header()), columns);
        return new DetectedDialect(lines, dialect, chooser.notes());
    }

    /** What the first lines are. */
    FirstLines.Parsed parsed(CsvSettings settings, ValueBounds bounds) {
        return lines.parsed(new RowParser(dialect, settings, bounds), dialect.width());
    }

    // In more cells than there are with a decimal point.
    private static boolean holdsDecimalComma(FirstLines lines) {
        long commas = 0;
        long points = 0;
        for (FirstLines.Line line : lines.lines()) {
            for (String cell : Cells.of(line.text(), ';')) {
                commas += cell.matches("[+-]?\\d*,\\d+([eE][+-]?\\d+)?") ? 1 : 0;
                points += cell.matches("[+-]?\\d*\\.\\d+([eE][+-]?\\d+)?") ? 1 : 0;
            }
        }
        return commas > points;
    }

    // In more than half of the cells that are numbers.
    private static boolean holdsPercent(FirstLines lines, char delimiter, char mark) {
        CellParser parser = new CellParser(mark, true);
        long with = 0;
        long without = 0;
        for (FirstLines.Line line : lines.lines()) {
            if (line.text().indexOf('%') < 0) {
                without++;
                continue;
            }
            for (String cell : Cells.of(line.text(), delimiter)) {
                if (!Float.isNaN(parser.number(cell))) {
                    with += cell.endsWith("%") ? 1 : 0;
                    without += cell.endsWith("%") ? 0 : 1;
                }
            }
        }
        return with > without;
    }
}
