package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first rows of a data set, cut into cells, and what these show of its columns.
 *
 * @param file where they stand
 * @param headerLine the number of the line that would be the header's, from 1
 * @param header the names of the columns; null where there are none
 * @param rows without those that have another number of cells
 * @param count columns
 */
record FirstRows(String file, int headerLine, List<String> header, List<List<String>> rows, int count) {
    private static final int DIGITS = 10;

    static FirstRows of(FirstLines lines, CsvSettings settings, char delimiter, CellParser parser) {
        List<List<String>> all = new ArrayList<>();
        List<List<String>> others = new ArrayList<>(); // those that are not the first of their file
        for (FirstLines.Line line : lines.lines()) {
            List<String> cells = Cells.of(line.text(), delimiter);
            all.add(cells);
            if (!line.first()) {
                others.add(cells);
            }
        }
        List<List<String>> cells = new ArrayList<>();
        List<String> header = null;
        for (int i = 0; i < all.size(); i++) {
            boolean isHeader = lines.lines().get(i).first()
                    && (lines.startWithHeader() || CsvHeader.isHeader(all.get(i), others, settings, parser));
            if (!isHeader) {
                cells.add(all.get(i));
            } else if (i == 0) {
                header = all.get(i);
            }
        }
        int ofRows = cells.isEmpty()
                ? header.size()
                : FirstLines.mostCommon(cells.stream().map(List::size).toList());
        if (header != null && ofRows == header.size() + 1 && endEmpty(cells, ofRows)) {
            header = new ArrayList<>(header);
            header.add(""); // each line but the header ends with a delimiter
        }
        int count = header == null ? ofRows : header.size();
        List<List<String>> alike =
                cells.stream().filter(row -> row.size() == count).toList();
        return new FirstRows(lines.file(), lines.lines().get(0).number(), header, alike, count);
    }

    private static boolean endEmpty(List<List<String>> rows, int count) {
        return rows.stream()
                .filter(row -> row.size() == count)
                .allMatch(row -> row.get(count - 1).isEmpty());
    }

    /** Whether all cells of a column are empty, its name too. */
    boolean isEmpty(int column) {
        return (header == null || header.get(column).isEmpty())
                && rows.stream().allMatch(row -> row.get(column).isEmpty());
    }

    /** Whether a column holds another whole number in each row. */
    boolean isId(int column) {
        Set<String> seen = new HashSet<>();
        return rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("\\d+") && seen.add(cell));
    }

    /** Whether a column counts the rows: each number is one more than that of the row before. */
    boolean counts(int column) {
        for (int i = 0; i < rows.size(); i++) {
            String cell = rows.get(i).get(column);
            if (!cell.matches("\\d{1,18}")
                    || Long.parseLong(cell) != Long.parseLong(rows.get(0).get(column)) + i) {
                return false;
            }
        }
        return true;
    }

    /** Whether most cells of a column are neither numbers nor missing. */
    boolean isText(int column, CellParser parser) {
        long words = rows.stream()
                .map(row -> row.get(column))
                .filter(cell -> !CellParser.isMissing(cell) && Float.isNaN(parser.number(cell)))
                .count();
        return words * 2 > rows.size();
    }

    /** How many different digits 0..9 a column holds; 0 if it holds much else. */
    int digits(int column, CellParser parser) {
        Set<Integer> seen = new HashSet<>();
        int others = 0;
        for (List<String> row : rows) {
            float value = parser.number(row.get(column));
            if (value >= 0 && value < DIGITS && value == (int) value) {
                seen.add((int) value);
            } else {
                others++;
            }
        }
        return others * 4 > rows.size() ? 0 : seen.size();
    }

    /** The labels that a column would hold. */
    Set<String> labels(int column) {
        Set<String> labels = new HashSet<>();
        rows.forEach(row -> labels.add(Classes.label(row.get(column))));
        return labels;
    }

    /** The names in the header, or the number of columns, for a message. */
    String describe() {
        if (header == null) {
            return count + " columns without names";
        }
        List<String> shown = header.size() <= 20 ? header : header.subList(0, 12);
        return "the header has " + String.join(", ", shown)
                + (shown.size() < header.size() ? ", ... " + header.get(header.size() - 1) : "");
    }
}
