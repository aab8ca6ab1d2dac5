package org.sparkautoencoder.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The names of columns: what is one, and what says the same. */
final class CsvHeader {
    private CsvHeader() {}

    /** The cells of a line as names: without quotes and blanks around them, in lower case. */
    static String[] names(String line) {
        String[] names = line.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            names[i] = name(names[i]);
        }
        return names;
    }

    /** The columns, from 0, that the header calls {@code wanted}. */
    static List<Integer> columns(String header, String wanted) {
        String[] names = names(header);
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name(wanted))) {
                columns.add(i);
            }
        }
        return columns;
    }

    /**
     * Whether a file starts with a header, which it need not: files cut from one have only one among them.
     *
     * @param line the first line of the file that is not blank
     * @throws BadInputException where it is another header than the data set's
     */
    static boolean starts(String line, CsvDialect dialect, CsvSettings settings) {
        String[] found = names(line);
        if (found.length != dialect.columns() || !isHeader(found, settings)) {
            return false;
        }
        if (dialect.header() == null) {
            throw new BadInputException(
                    "this is a header, and the files before have none; give all of them the same, or none");
        }
        String[] expected = names(dialect.header());
        for (int i = 0; i < found.length; i++) {
            if (!found[i].equals(expected[i])) {
                throw new BadInputException("column " + (i + 1) + " is called '" + found[i]
                        + "' here and '" + expected[i]
                        + "' in the files before; give all of them the same columns");
            }
        }
        return true;
    }

    /**
     * How many columns say something of the row and are neither pixels nor label: {@code row_id} in the first place and {@code
     * error} after it, as denoised rows have them.
     */
    static int leading(String[] names) {
        if (!names[0].equals("row_id")) {
            return 0;
        }
        return names.length > 1 && names[1].equals("error") ? 2 : 1;
    }

    /** Whether these are the names of columns: one is the label's, or most are no numbers. */
    static boolean isHeader(String[] names, CsvSettings settings) {
        int words = 0;
        float first = 0;
        boolean counts = settings.unlabelled() && names.length > 3;
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals("label")
                    || (isName(settings.labelColumn()) && names[i].equals(name(settings.labelColumn())))) {
                return true;
            }
            float number = number(names[i]);
            boolean finite = Float.isFinite(number);
            words += finite ? 0 : 1;
            first = i == 0 ? number : first;
            counts &= finite && number == i + first && first <= 1;
        }
        return counts || words * 2 > names.length; // 0,1,2,... is a header without a label
    }

    /** Whether the setting for the label's column is a name, and not a place. */
    static boolean isName(String labelColumn) {
        return switch (labelColumn) {
            case "auto", "first", "last" -> false;
            default -> !labelColumn.matches("\\d+");
        };
    }

    private static String name(String cell) {
        return cell.strip().replaceAll("^\"|\"$", "").strip().toLowerCase(Locale.ROOT);
    }

    private static float number(String cell) {
        byte[] text = cell.strip().getBytes(StandardCharsets.UTF_8);
        return DecimalParser.parse(text, 0, text.length);
    }
}
