package org.sparkautoencoder.csv;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** What the text of a cell means: a number, or that there is none. */
final class CellParser {
    private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "nan", "null", "none", "-");
    private static final int LONGEST_MISSING = 4;

    private final byte decimalMark;
    private final boolean percent;

    CellParser(CsvDialect dialect) {
        this(dialect.decimalMark(), dialect.percent());
    }

    CellParser(char decimalMark, boolean percent) {
        this.decimalMark = (byte) decimalMark;
        this.percent = percent;
    }

    /** The number in line[from .. to - 1]; NaN where none is. */
    float number(byte[] line, int from, int to) {
        int end = percent && to > from && line[to - 1] == '%' ? to - 1 : to;
        return DecimalParser.parse(line, from, end, decimalMark);
    }

    /** The number that a text is; NaN if it is none. */
    float number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return number(bytes, 0, bytes.length);
    }

    /** Whether a text says infinity. */
    static boolean isInfinite(String text) {
        return text.toLowerCase(Locale.ROOT).matches("[+-]?inf(inity)?");
    }

    /** Whether line[from .. to - 1] says that a value is missing. */
    boolean isMissing(byte[] line, int from, int to) {
        return to - from <= LONGEST_MISSING && isMissing(text(line, from, to));
    }

    /** Whether a text says that a value is missing: empty, ?, NA, NaN and the like. */
    static boolean isMissing(String text) {
        return MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    String text(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }
}
