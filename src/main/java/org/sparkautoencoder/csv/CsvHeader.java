package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The names of columns: which line they are, and which column has one. */
final class CsvHeader {
    /** What the column of the label is called, the most certain name first. */
    static final List<String> LABEL_NAMES = List.of("label", "class", "target", "digit", "species", "y");

    /** What a column that numbers the rows is called. */
    private static final Set<String> ID_NAMES = Set.of("id", "index");

    private CsvHeader() {}

    /** A name as it is compared: without blanks around it, in lower case. */
    static String name(String cell) {
        return cell.strip().toLowerCase(Locale.ROOT);
    }

    /** The columns, from 0, that the header calls {@code wanted}. */
    static List<Integer> columns(List<String> header, String wanted) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (name(header.get(i)).equals(name(wanted))) {
                columns.add(i);
            }
        }
        return columns;
    }

    /**
     * The columns that say something of a denoised row and are neither values nor label: if {@code row_id} is the first, it, its
     * error, its mark and the errors of its values.
     */
    static List<Integer> ofDenoisedRows(List<String> header) {
        if (!name(header.get(0)).equals("row_id")) {
            return List.of();
        }
        return IntStream.range(0, header.size())
                .filter(column -> name(header.get(column)).matches("row_id|error|above_threshold|squared_error_\\d+"))
                .boxed()
                .toList();
    }

    /** Whether a column without a name, or with one that pandas gives to such a column. */
    static boolean isNameless(String name) {
        return name.isBlank() || name(name).matches("unnamed: \\d+");
    }

    /** Whether the name is that of a column that numbers the rows. */
    static boolean isIdName(String name) {
        return ID_NAMES.contains(name(name));
    }

    /**
     * Whether the first cells are the names of columns: one is a name of the label's column, or most are no numbers; or they are
     * the numbers of a first row that pandas took for names.
     *
     * @param rows the lines after it
     */
    static boolean isHeader(List<String> cells, List<List<String>> rows, CsvSettings settings, CellParser parser) {
        int words = 0;
        float first = 0;
        boolean counts = settings.unlabelled() && cells.size() > 3;
        for (int i = 0; i < cells.size(); i++) {
            String name = name(cells.get(i));
            if (name.equals("label") || isWanted(name, settings) || isLabelName(name, i, rows)) {
                return true;
            }
            float number = parser.number(cells.get(i));
            boolean finite = Float.isFinite(number);
            words += finite || CellParser.isMissing(name) ? 0 : 1;
            first = i == 0 ? number : first;
            counts &= finite && number == i + first && first <= 1;
        }
        // 0,1,2,... is a header without a label.
        return counts || words * 2 > cells.size() || (isMangled(cells) && areWhole(rows));
    }

    // A name such as y may also be the label of a row.
    private static boolean isLabelName(String name, int column, List<List<String>> rows) {
        return !rows.isEmpty()
                && LABEL_NAMES.contains(name)
                && rows.stream()
                        .noneMatch(row ->
                                row.size() > column && name(row.get(column)).equals(name));
    }

    private static boolean isWanted(String name, CsvSettings settings) {
        return settings.labelColumns().stream()
                        .anyMatch(wanted -> isName(wanted) && name(wanted).equals(name))
                || settings.ignoredColumns().stream()
                        .anyMatch(wanted -> isName(wanted) && name(wanted).equals(name));
    }

    /**
     * Whether these are the numbers of a first row that pandas took for names, and made unique: one that occurs again became 0.1,
     * 0.2, ...
     */
    static boolean isMangled(List<String> cells) {
        Map<String, Integer> seen = new HashMap<>();
        int mangled = 0;
        for (String cell : cells) {
            int point = cell.lastIndexOf('.');
            String original = point > 0 ? cell.substring(0, point) : cell;
            Integer times = seen.get(original);
            if (point > 0 && times != null && cell.substring(point + 1).equals(String.valueOf(times))) {
                mangled++;
                seen.merge(original, 1, Integer::sum);
            } else if (seen.putIfAbsent(cell, 1) != null || point > 0) {
                return false;
            }
        }
        return mangled > 0;
    }

    private static boolean areWhole(List<List<String>> rows) {
        return !rows.isEmpty() && rows.stream().noneMatch(row -> row.stream().anyMatch(cell -> cell.indexOf('.') >= 0));
    }

    /** Whether the setting for a column is a name, and not a place. */
    static boolean isName(String column) {
        return switch (column) {
            case "first", "last" -> false;
            default -> !column.matches("\\d+");
        };
    }
}
