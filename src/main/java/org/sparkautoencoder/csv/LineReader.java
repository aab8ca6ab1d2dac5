package org.sparkautoencoder.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines of a stream as ranges of a byte array. For one thread. */
final class LineReader implements Closeable {
    private static final int FIRST_SIZE = 1 << 18;
    private static final int HEAD = 1 << 13;
    private static final int LONGEST_LINE = 1 << 26;

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_SIZE];
    private long bufferOffset;
    private int filled;
    private int next;
    private boolean ended;
    private int start;
    private int end;
    private long lineOffset;

    /** @param offset where in its file the stream's first byte stands */
    LineReader(InputStream in, long offset) {
        this.in = in;
        this.bufferOffset = offset;
    }

    /** The first bytes of the stream, at most {@link #HEAD}; before the first line is read. */
    byte[] head() throws IOException {
        while (!ended && filled < HEAD) {
            fill();
        }
        return Arrays.copyOf(buffer, Math.min(HEAD, filled));
    }

    /** Reads the next line; false at the end. */
    boolean advance() throws IOException {
        int scan = next;
        while (true) {
            for (int i = scan; i < filled; i++) {
                if (buffer[i] == '\n') {
                    line(i);
                    next = i + 1;
                    return true;
                }
            }
            scan = filled;
            if (ended) {
                if (next == filled) {
                    return false;
                }
                line(filled);
                next = filled;
                return true;
            }
            scan -= fill();
        }
    }

    private void line(int terminator) {
        start = next;
        end = terminator > start && buffer[terminator - 1] == '\r' ? terminator - 1 : terminator;
        lineOffset = bufferOffset + start;
    }

    /** Moves the unfinished line to the front and reads on; how far it moved. One byte after the last stays a newline. */
    private int fill() throws IOException {
        int moved = next;
        System.arraycopy(buffer, next, buffer, 0, filled - next);
        bufferOffset += moved;
        filled -= moved;
        next = 0;
        if (filled == buffer.length - 1) {
            if (buffer.length >= LONGEST_LINE) {
                throw new BadInputException("a line is longer than " + (LONGEST_LINE >> 20) + " MiB: not a text file");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - 1 - filled);
        ended = read < 0;
        filled += Math.max(0, read);
        buffer[filled] = '\n';
        return moved;
    }

    /** Takes a byte order mark off the line. */
    void skipByteOrderMark() {
        if (end - start >= 3
                && buffer[start] == (byte) 0xef
                && buffer[start + 1] == (byte) 0xbb
                && buffer[start + 2] == (byte) 0xbf) {
            start += 3;
        }
    }

    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Whether the line begins with #. */
    boolean isComment() {
        return start < end && buffer[start] == '#';
    }

    String text() {
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the line starts in the buffer. */
    int start() {
        return start;
    }

    /** Where it ends, without its terminator; the byte there is a carriage return or a newline. */
    int end() {
        return end;
    }

    /** Where the line starts in the file. */
    long offset() {
        return lineOffset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
