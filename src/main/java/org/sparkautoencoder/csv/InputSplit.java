package org.sparkautoencoder.csv;

import java.io.Serializable;

/** A stretch of a file: the lines that start in it. */
final class InputSplit implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int file;
    private final String path;
    private final long start;
    private final long end;

    /**
     * @param file the file's place in the order of paths, from 0
     * @param start the first byte
     * @param end after the last byte; {@link Long#MAX_VALUE} for a compressed file, which is never cut
     */
    InputSplit(int file, String path, long start, long end) {
        this.file = file;
        this.path = path;
        this.start = start;
        this.end = end;
    }

    int file() {
        return file;
    }

    String path() {
        return path;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }
}
