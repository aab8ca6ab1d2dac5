package org.sparkautoencoder.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;

/** A compressed file's content. Any error of the decoder becomes an IOException. */
final class Decompressed extends FilterInputStream {
    // Hadoop's bzip2 decoder searches for the first block's mark, and takes a file without one for empty.
    private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
    private static final byte[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};
    private static final int BZIP2_HEADER = 4; // "BZh" and the size of a block

    private Decompressed(InputStream plain) {
        super(plain);
    }

    static InputStream open(CompressionCodec codec, FSDataInputStream in) throws IOException {
        if (codec instanceof BZip2Codec) {
            requireBzip2(in);
        }
        try {
            return new Decompressed(codec.createInputStream(in));
        } catch (RuntimeException e) { // of a codec whose native library is not there
            throw new IOException(InputFiles.reason(e) + " (use gzip or bzip2, or no compression)", e);
        }
    }

    private static void requireBzip2(FSDataInputStream in) throws IOException {
        byte[] head = in.readNBytes(BZIP2_HEADER + BZIP2_BLOCK.length);
        in.seek(0);
        byte[] mark = Arrays.copyOfRange(head, Math.min(BZIP2_HEADER, head.length), head.length);
        boolean known = Arrays.equals(mark, BZIP2_BLOCK) || Arrays.equals(mark, BZIP2_END);
        if (!known || head[0] != 'B' || head[1] != 'Z' || head[2] != 'h') {
            throw new IOException("not a bzip2 file, or damaged");
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IndexOutOfBoundsException e) { // bzip2's way to say that the data make no sense
            throw new IOException("the compressed data are invalid", e);
        }
    }
}
