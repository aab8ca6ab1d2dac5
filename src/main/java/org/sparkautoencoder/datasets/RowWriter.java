package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** Writes a CSV of images, header "0,1,...,label", and knows its SHA-256. One thread uses it. */
final class RowWriter implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private final OutputStream out;
    private int width;
    private long rows;

    RowWriter(Path file) throws IOException {
        OutputStream bytes = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        this.out = new BufferedOutputStream(new DigestOutputStream(bytes, digest), BUFFER);
    }

    /** Comes once, before the rows. */
    void header(int pixels) throws IOException {
        width = pixels;
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < pixels; i++) {
            header.append(i).append(',');
        }
        out.write(header.append("label\n").toString().getBytes(US_ASCII));
    }

    /** @param texts what each value of a pixel is written as, the comma after it included */
    void row(byte[] pixels, byte[][] texts, int label) throws IOException {
        for (byte pixel : pixels) {
            out.write(texts[pixel & 0xff]);
        }
        endRow(label);
    }

    /** @param pixels the row's pixels as text, a comma after each */
    void row(byte[] pixels, int label) throws IOException {
        out.write(pixels);
        endRow(label);
    }

    private void endRow(int label) throws IOException {
        out.write(Integer.toString(label).getBytes(US_ASCII));
        out.write('\n');
        rows++;
    }

    int width() {
        return width;
    }

    long rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** To be asked once, after the last row. */
    String sha256() throws IOException {
        out.flush();
        return Hex.encodeHexString(digest.digest());
    }
}
