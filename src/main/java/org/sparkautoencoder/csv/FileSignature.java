package org.sparkautoencoder.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names files that are no CSV text by their first bytes. */
final class FileSignature {
    /** What is said of Parquet. */
    static final String PARQUET = "is a Parquet file: say --format parquet (with denoise and predict --input-format)";

    /** What is said of libsvm's text. */
    static final String LIBSVM = "is in libsvm format (label index:value ...): say --format libsvm (with denoise and "
            + "predict --input-format)";

    private static final String TO_CSV = ": convert it to CSV";
    private static final String PICKLE = "is a Python pickle: write its data as CSV";

    private static final List<Start> STARTS = List.of(
            new Start("\u001f\u008b", "is compressed with gzip: give it a name that ends in .gz, or unpack it"),
            new Start("\u00fd7zXZ\0", "is compressed with xz: unpack it (xz -d), or compress it with gzip"),
            new Start("(\u00b5/\u00fd", "is compressed with zstd: unpack it (zstd -d), or compress it with gzip"),
            new Start("7z\u00bc\u00af'\u001c", "is a 7z archive: unpack it and name the CSV file in it"),
            new Start("Rar!\u001a\7", "is a rar archive: unpack it and name the CSV file in it"),
            new Start("Obj\1", "is an Avro file" + TO_CSV),
            new Start("\u0089HDF\r\n\u001a\n", "is an HDF5 file" + TO_CSV),
            new Start("\u0093NUMPY", "is a NumPy array (.npy): write it as CSV with numpy.savetxt"),
            new Start("MATLAB 5.0 MAT-file", "is a MATLAB file (.mat)" + TO_CSV),
            new Start("MATLAB 7.3 MAT-file", "is a MATLAB file (.mat)" + TO_CSV),
            new Start("SQLite format 3\0", "is an SQLite database: export its table as CSV"),
            new Start("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "is an Excel file (.xls): save it as CSV"),
            new Start("%PDF-", "is a PDF document: name a CSV file"),
            new Start("\u0089PNG\r\n", "is a PNG image: name a CSV file, with the pixels of an image in each row"),
            new Start(
                    "\u00ff\u00d8\u00ff", "is a JPEG image: name a CSV file, with the pixels of an image in each row"),
            new Start("GIF87a", "is a GIF image: name a CSV file, with the pixels of an image in each row"),
            new Start("GIF89a", "is a GIF image: name a CSV file, with the pixels of an image in each row"),
            new Start("ccopy_reg\n", PICKLE),
            new Start("cnumpy.", PICKLE),
            new Start("cpandas.", PICKLE),
            new Start("(dp0\n", PICKLE),
            new Start("(lp0\n", PICKLE));

    // Words that a text could begin with: only with control characters after them
    private static final List<Start> STARTS_OF_BINARY = List.of(
            new Start("PAR1", PARQUET),
            new Start("PARE", "is an encrypted Parquet file" + TO_CSV),
            new Start("ORC", "is an ORC file" + TO_CSV));

    private static final String BZIP2_BLOCK = "1AY&SY";
    private static final String BZIP2_END = "\u0017rE8P\u0090";
    private static final int BZIP2_HEADER = 4; // "BZh" and the size of a block

    private static final int TAR_MARK = 257;

    private static final int ZIP_NAME_LENGTH = 26; // two bytes, the lower one first
    private static final int ZIP_NAME = 30; // of the first file in the archive

    private static final int LEAST_UTF16_BYTES = 4;

    /** One control character may be a slip, or DOS's mark of the end; binary data have one in ten. */
    private static final int BYTES_PER_CONTROL = 50;

    private FileSignature() {}

    /** @param bytes each as a character */
    private record Start(String bytes, String line) {}

    /**
     * What a file is and what to do, as the rest of a sentence that begins with its name.
     *
     * @param head the file's first bytes, 512 or more where it has them; uncompressed where its name says that it is
     *     compressed
     * @param length how many of them there are
     * @return one line; null where the bytes can be CSV text
     */
    static String describe(byte[] head, int length) {
        String bytes = new String(head, 0, length, ISO_8859_1);
        String line = encoding(bytes);
        if (line == null) {
            line = known(bytes);
        }
        if (line == null) {
            line = binary(bytes);
        }
        return line == null ? TextSignature.describe(bytes) : line;
    }

    /** Unicode in another form than UTF-8. */
    private static String encoding(String bytes) {
        if (bytes.startsWith("\u00ff\u00fe\0\0") || bytes.startsWith("\0\0\u00fe\u00ff")) {
            return "is text in UTF-32: save it as UTF-8 (iconv -f UTF-32 -t UTF-8)";
        }
        if (bytes.startsWith("\u00ff\u00fe") || bytes.startsWith("\u00fe\u00ff")) {
            return "is text in UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)";
        }
        if (isUtf16(bytes, 0)) {
            return "is text in UTF-16: save it as UTF-8 (iconv -f UTF-16LE -t UTF-8)";
        }
        if (isUtf16(bytes, 1)) {
            return "is text in UTF-16: save it as UTF-8 (iconv -f UTF-16BE -t UTF-8)";
        }
        return null;
    }

    /** Whether at least four of five characters are ASCII, with its byte at {@code low} in each pair, beside a 0. */
    private static boolean isUtf16(String bytes, int low) {
        int pairs = bytes.length() / 2;
        int ascii = 0;
        for (int i = 0; i < 2 * pairs; i += 2) {
            char value = bytes.charAt(i + low);
            if (bytes.charAt(i + 1 - low) == 0 && value != 0 && value < 0x80 && !isControl(value)) {
                ascii++;
            }
        }
        return bytes.length() >= LEAST_UTF16_BYTES && ascii * 5 >= pairs * 4;
    }

    private static String known(String bytes) {
        for (Start start : STARTS) {
            if (bytes.startsWith(start.bytes)) {
                return start.line;
            }
        }
        if (bytes.startsWith("PK\3\4") || bytes.startsWith("PK\5\6")) {
            return zip(bytes);
        }
        if (bytes.startsWith("ustar", TAR_MARK)) {
            return "is a tar archive: unpack it and name the CSV file in it";
        }
        if (bytes.startsWith("BZh")
                && (bytes.startsWith(BZIP2_BLOCK, BZIP2_HEADER) || bytes.startsWith(BZIP2_END, BZIP2_HEADER))) {
            return "is compressed with bzip2: give it a name that ends in .bz2, or unpack it";
        }
        if (isIdx(bytes)) {
            return "is an IDX file: make a CSV of it with ./submit.sh prepare --images FILE --labels FILE";
        }
        if (bytes.length() >= 2 && bytes.charAt(0) == 0x80 && bytes.charAt(1) >= 2 && bytes.charAt(1) <= 5) {
            return PICKLE; // the opcode PROTO and a protocol
        }
        return null;
    }

    /** What kind of zip archive it is, which the name of the first file in it says. */
    private static String zip(String bytes) {
        String name = "";
        if (bytes.length() > ZIP_NAME) {
            int length = bytes.charAt(ZIP_NAME_LENGTH) | bytes.charAt(ZIP_NAME_LENGTH + 1) << 8;
            name = bytes.substring(ZIP_NAME, Math.min(ZIP_NAME + length, bytes.length()));
        }
        if (name.endsWith(".npy")) {
            return "is a NumPy archive (.npz): write its array as CSV with numpy.savetxt";
        }
        if (name.equals("[Content_Types].xml") || name.matches("(_rels|docProps|xl)/.*")) {
            return "is an Excel file (.xlsx) or of another Office program: save it as CSV";
        }
        if (name.equals("mimetype")) {
            return "is an OpenDocument file (.ods): save it as CSV";
        }
        return "is a zip archive: unpack it and name the CSV file in it";
    }

    /** Two zero bytes, the type of the values, the number of dimensions. */
    private static boolean isIdx(String bytes) {
        return bytes.length() >= 4
                && bytes.startsWith("\0\0")
                && "\b\t\u000b\f\r\u000e".indexOf(bytes.charAt(2)) >= 0
                && bytes.charAt(3) >= 1
                && bytes.charAt(3) <= 8;
    }

    private static String binary(String bytes) {
        int nul = bytes.indexOf('\0');
        int controls = 0;
        for (int i = 0; i < bytes.length(); i++) {
            controls += isControl(bytes.charAt(i)) ? 1 : 0;
        }
        if (controls > 0) {
            for (Start start : STARTS_OF_BINARY) {
                if (bytes.startsWith(start.bytes)) {
                    return start.line;
                }
            }
        }
        if (nul >= 0) {
            return "is a binary file, not text (byte " + (nul + 1) + " is 0)" + TO_CSV;
        }
        return controls > 1 + bytes.length() / BYTES_PER_CONTROL
                ? "is not CSV text (" + controls + " of its first " + bytes.length() + " bytes are control characters)"
                        + TO_CSV
                : null;
    }

    private static boolean isControl(char value) {
        return (value < ' ' && (value < '\t' || value > '\r')) || value == 0x7f;
    }

    /** Names text files that are no CSV by their first lines. */
    private static final class TextSignature {
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
                return LIBSVM;
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
}
