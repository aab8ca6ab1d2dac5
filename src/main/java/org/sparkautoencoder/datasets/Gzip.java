package org.sparkautoencoder.datasets;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Files that may or may not be gzip: their first two bytes say so, whatever their names. */
final class Gzip {
    private static final int BUFFER = 1 << 16;

    private Gzip() {}

    static boolean isGzip(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    /** The content of {@code in}, uncompressed where it is gzip; the caller closes what it gets. */
    static InputStream plain(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        try {
            buffered.mark(2);
            byte[] start = buffered.readNBytes(2);
            buffered.reset();
            return isGzip(start) ? new GZIPInputStream(buffered, BUFFER) : buffered;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * The content of {@code bytes}, uncompressed where it is gzip.
     *
     * @param limit the most bytes that the content may have, so that no file can fill the memory
     * @throws IOException in words for the user: at which offset of the content it ends or is damaged
     */
    static byte[] plain(byte[] bytes, int limit) throws IOException {
        if (!isGzip(bytes)) {
            if (bytes.length > limit) {
                throw new IOException("has " + bytes.length + " bytes where " + limit + " are expected");
            }
            return bytes;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream(limit + 1);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), BUFFER)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (content.size() + n > limit) {
                    throw new IOException("has more than the " + limit + " bytes (uncompressed) that are expected");
                }
                content.write(buffer, 0, n);
            }
        } catch (EOFException e) {
            throw new IOException("is cut off: its gzip stream ends at uncompressed offset " + content.size(), e);
        } catch (ZipException e) {
            throw new IOException(
                    "is damaged: its gzip stream breaks off after uncompressed offset " + content.size() + " ("
                            + e.getMessage() + ")",
                    e);
        }
        return content.toByteArray();
    }
}
