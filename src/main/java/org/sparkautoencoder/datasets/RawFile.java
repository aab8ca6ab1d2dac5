package org.sparkautoencoder.datasets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipException;
import org.apache.commons.codec.digest.DigestUtils;
import org.sparkautoencoder.csv.BadInputException;

/** A user's file of images or labels: IDX or text, plain or gzip. Its content says which, not its name. */
final class RawFile {
    private static final int HEAD_BYTES = 512;
    private static final int SHOWN_BYTES = 8;

    private RawFile() {}

    /** @throws BadInputException naming the file, what is wrong and what to do */
    static RawImages images(Path file) throws IOException {
        return isIdx(file) ? IdxFile.images(file) : RawLines.images(file);
    }

    /**
     * The labels, each 0..255.
     *
     * @throws BadInputException naming the file, what is wrong and what to do
     */
    static int[] labels(Path file) throws IOException {
        return isIdx(file) ? IdxFile.labels(file) : RawLines.labels(file);
    }

    /** Of the content, uncompressed where it is gzip: a file that was compressed anew is the same. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return DigestUtils.sha256Hex(in);
        } catch (EOFException | ZipException e) {
            throw new BadInputException(
                    file + " is damaged or cut short: its gzip stream cannot be read to its end (" + e.getMessage()
                            + "): get it again",
                    e);
        }
    }

    /** The content, uncompressed where it is gzip; the caller closes it. */
    static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + " is a folder: name a file in it");
        }
        return Gzip.plain(Files.newInputStream(file));
    }

    private static boolean isIdx(Path file) throws IOException {
        byte[] head;
        try (InputStream in = open(file)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        if (IdxFile.startsLikeOne(head)) {
            return true;
        }
        for (byte value : head) {
            if (value == 0) { // text has none
                throw new BadInputException(file
                        + " is neither an IDX file nor text in UTF-8: it begins with the bytes "
                        + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(head, Math.min(SHOWN_BYTES, head.length)))
                        + ": unpack it if it is an archive, else convert it to IDX or to text with one row a line");
            }
        }
        return false;
    }
}
