package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Decides what each column of a data set is, from its first rows: a value, the label, or ignored. */
final class ColumnChooser {
    private static final int ENOUGH_ROWS = 10; // fewer may have labels that happen to count them

    private final FirstRows first;
    private final CsvSettings settings;
    private final CellParser parser;
    private final RowSchema schema;
    private final Set<Integer> ignored = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();

    /** @param schema of the rows that these are read like; null for training rows */
    ColumnChooser(FirstRows first, CsvSettings settings, CellParser parser, RowSchema schema) {
        this.first = first;
        this.settings = settings;
        this.parser = parser;
        this.schema = schema;
    }

    /** What was left out, for the user; complete after the choice. */
    List<String> notes() {
        return notes;
    }

    /**
     * Decides.
     *
     * @throws BadInputException where it cannot be told
     */
    Columns choose() {
        ignore();
        Columns columns = schema != null
                ? new ColumnMatcher(first, this, schema).match()
                : Columns.of(first.count(), settings.labelColumns().isEmpty() ? foundLabel() : givenLabels(), ignored);
        if (columns.width() < 1) {
            throw new BadInputException(first.file() + " has no values besides the label: " + first.describe()
                    + " (other delimiters: --delimiter)");
        }
        return columns;
    }

    private void ignore() {
        for (String column : settings.ignoredColumns()) {
            int found = resolve(column, "--ignore-columns");
            if (ignored.add(found)) {
                notes.add(called(found) + ", as asked");
            }
        }
        int last = first.count() - 1;
        if (last > 0 && first.isEmpty(last) && ignored.add(last)) {
            notes.add("column " + (last + 1) + ", which is empty: each line ends with a delimiter");
        }
        if (first.header() == null) {
            refuseIndex();
            return;
        }
        List<Integer> denoised = CsvHeader.ofDenoisedRows(first.header());
        if (ignored.addAll(denoised)) {
            notes.add(denoised.size() + " columns of denoised rows that are no values");
        }
        for (int column = 0; column < first.count(); column++) {
            String name = first.header().get(column);
            boolean nameless = CsvHeader.isNameless(name);
            if ((nameless || CsvHeader.isIdName(name)) && !ignored.contains(column) && !isWantedLabel(column)) {
                if (nameless ? first.counts(column) : first.isId(column)) {
                    ignored.add(column);
                    notes.add(called(column) + ", which numbers the rows");
                } else if (nameless) {
                    throw new BadInputException(where() + ": column " + (column + 1)
                            + " has no name; give it one, or leave it out (--ignore-columns " + (column + 1) + ")");
                }
            }
        }
    }

    private boolean isWantedLabel(int column) {
        return settings.labelColumns().stream().anyMatch(wanted -> resolve(wanted, "--label-column") == column);
    }

    // A first column that counts the rows may be an index, or a value: the user knows.
    private void refuseIndex() {
        if (schema == null
                && !ignored.contains(0)
                && settings.labelColumns().isEmpty()
                && first.rows().size() > ENOUGH_ROWS
                && first.counts(0)) {
            throw new BadInputException(first.file() + ": column 1 counts the rows and has no name; leave it out"
                    + " (--ignore-columns 1), or say what the label is (--label-column 1, for example)");
        }
    }

    /** The columns that the settings name as those of the label. */
    List<Integer> givenLabels() {
        List<Integer> labels = new ArrayList<>();
        for (String column : settings.labelColumns()) {
            labels.add(givenLabel(column));
        }
        return labels;
    }

    private int givenLabel(String column) {
        int found = resolve(column, "--label-column");
        if (ignored.contains(found)) {
            throw new BadInputException(where() + ": " + called(found) + " cannot be the label and left out");
        }
        return found;
    }

    private List<Integer> foundLabel() {
        if (first.header() != null) {
            List<Integer> named = namedLabel();
            if (named.isEmpty() && !settings.unlabelled()) {
                throw new BadInputException(
                        where() + ": no column has one of the names " + String.join(", ", CsvHeader.LABEL_NAMES)
                                + "; say --label-column NAME (" + first.describe()
                                + "), or --unlabelled if the rows have no label");
            }
            return named;
        }
        int certain = settings.unlabelled() ? -1 : labelOfValues();
        if (certain < 0 && !settings.unlabelled()) {
            throw new BadInputException(first.file() + " has " + first.describe()
                    + ", and which of them is the label cannot be told; say --label-column first, --label-column last"
                    + " or its number from 1, or --unlabelled if the rows have no label");
        }
        return certain < 0 ? List.of() : List.of(certain);
    }

    /** The column that the header calls by a name of a label. */
    List<Integer> namedLabel() {
        for (String name : CsvHeader.LABEL_NAMES) {
            List<Integer> columns = new ArrayList<>(CsvHeader.columns(first.header(), name));
            columns.removeAll(ignored);
            if (!columns.isEmpty()) {
                return List.of(only(columns, name));
            }
        }
        return List.of();
    }

    // The first or the last column: where it holds words; or where all others form a square picture, and it alone holds
    // digits, more than one of them (a picture's corner does, too, where it is always 0).
    private int labelOfValues() {
        int begin = kept().get(0);
        int end = kept().get(kept().size() - 1);
        if (first.isText(begin, parser) != first.isText(end, parser)) {
            return first.isText(begin, parser) ? begin : end;
        }
        boolean beginHolds = first.digits(begin, parser) > 1;
        boolean endHolds = first.digits(end, parser) > 1;
        int values = kept().size() - 1;
        if (!isSquare(values) || isSquare(values + 1) || beginHolds == endHolds) {
            return -1;
        }
        return beginHolds ? begin : end;
    }

    private static boolean isSquare(int n) {
        int root = (int) Math.sqrt(n);
        return n > 1 && root * root == n;
    }

    /** The columns that are not ignored. */
    List<Integer> kept() {
        List<Integer> kept = new ArrayList<>();
        for (int column = 0; column < first.count(); column++) {
            if (!ignored.contains(column)) {
                kept.add(column);
            }
        }
        return kept;
    }

    CsvSettings settings() {
        return settings;
    }

    /** The column that a setting names. */
    private int resolve(String column, String option) {
        if (column.equals("first")) {
            return 0;
        }
        if (column.equals("last")) {
            return first.isEmpty(first.count() - 1) ? first.count() - 2 : first.count() - 1;
        }
        if (!CsvHeader.isName(column)) {
            int number = Integer.parseInt(column);
            if (number > first.count()) {
                throw new BadInputException(first.file() + " has " + first.count() + " columns, so no column " + number
                        + " (" + option + ")");
            }
            return number - 1;
        }
        boolean sameColumns = schema != null && schema.header() != null && schema.columns() == first.count();
        if (first.header() == null && !sameColumns) {
            throw new BadInputException(first.file() + " has no header, so no column '" + column + "'; give " + option
                    + " as first, last or a number from 1");
        }
        List<Integer> found = CsvHeader.columns(first.header() == null ? schema.header() : first.header(), column);
        if (found.isEmpty()) {
            throw new BadInputException(
                    where() + ": no column is called '" + column + "' (" + option + "); " + first.describe());
        }
        return only(found, column);
    }

    private int only(List<Integer> found, String name) {
        if (found.size() > 1) {
            throw new BadInputException(where() + ": columns " + (found.get(0) + 1) + " and " + (found.get(1) + 1)
                    + " are both called '" + name + "' in the header; give the column as a number");
        }
        return found.get(0);
    }

    /** A column as a message calls it. */
    private String called(int column) {
        return first.header() == null || first.header().get(column).isBlank()
                ? "column " + (column + 1)
                : "column '" + first.header().get(column).strip() + "'";
    }

    /** Where the header stands. */
    String where() {
        return first.header() == null || first.headerLine() == 0
                ? first.file()
                : first.file() + ", line " + first.headerLine();
    }
}
