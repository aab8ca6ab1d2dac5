package org.sparkautoencoder.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cells of one line: between delimiters, quoted where they begin with a quote (RFC 4180, but for line ends in a cell),
 * without the blanks around them. Of spaces as delimiters, several count as one, and those at the ends count for nothing. For
 * one thread.
 */
public final class Cells {
    private final byte delimiter;
    private byte[] line;
    private int count;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private boolean[] quoted = new boolean[16];

    Cells(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    /** The number of cells of a text. */
    static int count(String line, char delimiter) {
        return split(line, delimiter).count;
    }

    private static Cells split(String line, char delimiter) {
        Cells cells = new Cells(delimiter);
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        cells.split(bytes, 0, bytes.length);
        return cells;
    }

    /** A text as a cell between commas, which is read back as it was but for its line ends. */
    public static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"").replaceAll("[\\r\\n]", " ") + '"';
    }

    /** The cells of a text. */
    static List<String> of(String line, char delimiter) {
        Cells cells = split(line, delimiter);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cells.count; i++) {
            texts.add(cells.text(i));
        }
        return texts;
    }

    /** Splits from[from .. to - 1]. */
    void split(byte[] from, int start, int to) {
        line = from;
        count = 0;
        int at = start;
        int end = to;
        if (delimiter == ' ') {
            while (at < end && line[at] == ' ') {
                at++;
            }
            while (end > at && line[end - 1] == ' ') {
                end--;
            }
        }
        while (at <= end) {
            at = cell(at, end) + 1;
            while (delimiter == ' ' && at < end && line[at] == ' ') {
                at++;
            }
        }
    }

    /** Takes the cell that begins at {@code at}; where the delimiter after it stands. */
    private int cell(int at, int end) {
        int first = at;
        while (first < end && isBlank(line[first])) {
            first++;
        }
        boolean quote = first < end && line[first] == '"';
        int last = quote ? closingQuote(first, end) : first;
        int next = last;
        while (next < end && line[next] != delimiter) {
            next++;
        }
        // What follows a closing quote is blank; else the quote is a part of the text.
        if (quote && (last == end || !isBlank(last + 1, next))) {
            quote = false;
            next = first;
            while (next < end && line[next] != delimiter) {
                next++;
            }
        }
        int to = quote ? last : next;
        while (!quote && to > first && isBlank(line[to - 1])) {
            to--;
        }
        add(quote ? first + 1 : first, to, quote);
        return next;
    }

    private int closingQuote(int open, int end) {
        int at = open + 1;
        while (at < end) {
            if (line[at] == '"') {
                if (at + 1 == end || line[at + 1] != '"') {
                    return at;
                }
                at++;
            }
            at++;
        }
        return end;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isBlank(line[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isBlank(byte character) {
        return (character == ' ' || character == '\t') && character != delimiter;
    }

    private void add(int start, int end, boolean inQuotes) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            quoted = Arrays.copyOf(quoted, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        quoted[count] = inQuotes;
        count++;
    }

    int count() {
        return count;
    }

    int start(int cell) {
        return starts[cell];
    }

    int end(int cell) {
        return ends[cell];
    }

    boolean isEmpty(int cell) {
        return starts[cell] == ends[cell];
    }

    String text(int cell) {
        String text = new String(line, starts[cell], ends[cell] - starts[cell], StandardCharsets.UTF_8);
        return quoted[cell] ? text.replace("\"\"", "\"").strip() : text;
    }
}
