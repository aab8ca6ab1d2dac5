package org.sparkautoencoder.csv;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names text files that are no CSV by their first lines. */
final class TextSignature {
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf"; // UTF-8's, each byte as a character

    // Names in brackets can be a CSV's header: only before what JSON has inside of them
    private static final Pattern JSON =
            Pattern.compile("(?:\\{\\s*(?:[\"'}]|$)|\\[\\s*(?:[\\[{\"\\]-]|\\d|(?:true|false|null)\\b|$))");

    private static final Pattern ARFF = Pattern.compile("(?i)(?:%.*+\\s++)*+@relation\\b");

    private static final String NUMBER = "[+-]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?+";
    private static final Pattern LIBSVM_LABEL = Pattern.compile(NUMBER + "(?:," + NUMBER + ")*+");
    private static final Pattern LIBSVM_VALUE = Pattern.compile("(?:\\d++|qid):" + NUMBER);

    private TextSignature() {}

    /**
     * What a file is and what to do, as the rest of a sentence that begins with its name.
     *
     * @param head the file's first bytes, each as a character
     * @return one line; null where they can be CSV
     */
    static String describe(String head) {
        String text =
                (head.startsWith(BYTE_ORDER_MARK) ? head.substring(BYTE_ORDER_MARK.length()) : head).stripLeading();
        String markup = markup(text.toLowerCase(Locale.ROOT));
        if (markup != null) {
            return markup;
        }
        if (JSON.matcher(text).lookingAt()) {
            return "is JSON: convert it to CSV";
        }
        if (ARFF.matcher(text).lookingAt()) {
            return "is an ARFF file: remove its lines up to @DATA, or convert it to CSV";
        }
        if (text.startsWith("version https://git-lfs.github.com/spec/")) {
            return "is a Git LFS pointer in place of the file: get the file with git lfs pull";
        }
        if (hasLoneCarriageReturns(head)) {
            return "has lone carriage returns (CR) as line ends: convert them to LF (tr '\\r' '\\n')";
        }
        if (isLibsvm(text)) {
            return "is in libsvm format (label index:value ...): say --format libsvm";
        }
        return null;
    }

    private static String markup(String lowerCase) {
        boolean xml = lowerCase.startsWith("<?xml") || lowerCase.startsWith("<!");
        if (lowerCase.startsWith("<html") || (xml && lowerCase.matches("(?s).*<(?:!doctype\\s+)?html\\b.*"))) {
            return "is an HTML page, such as a server's login or error page: download the file itself again";
        }
        return xml ? "is XML: convert it to CSV" : null;
    }

    /** A last one says nothing: its line feed may come after the head. */
    private static boolean hasLoneCarriageReturns(String head) {
        int at = head.indexOf('\r');
        return at >= 0 && at < head.length() - 1 && head.indexOf('\n') < 0;
    }

    /** Whether each whole line is a label with or without values, and at least one has some. */
    private static boolean isLibsvm(String text) {
        String[] lines = text.split("\\R", -1);
        int whole = Math.max(1, lines.length - 1); // the last one may be cut
        int values = 0;
        for (int i = 0; i < whole; i++) {
            String[] cells = lines[i].replaceFirst("#.*", "").strip().split("[ \t]+", -1);
            int end = lines.length == 1 && cells.length > 2 ? cells.length - 1 : cells.length;
            if (cells[0].isEmpty()) {
                continue;
            }
            if (!LIBSVM_LABEL.matcher(cells[0]).matches()) {
                return false;
            }
            for (int cell = 1; cell < end; cell++) {
                if (!LIBSVM_VALUE.matcher(cells[cell]).matches()) {
                    return false;
                }
                values++;
            }
        }
        return values > 0;
    }
}
