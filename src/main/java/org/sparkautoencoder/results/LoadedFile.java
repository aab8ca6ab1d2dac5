package org.sparkautoencoder.results;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file read completely through one open handle. Parquet's own class gets the length before it opens the file: if the
 * file is replaced in between, it would search the footer at the wrong offset.
 */
final class LoadedFile implements InputFile {
    private final byte[] bytes;

    private LoadedFile(byte[] bytes) {
        this.bytes = bytes;
    }

    static LoadedFile of(FileSystem fs, Path path) throws IOException {
        try (FSDataInputStream in = fs.open(path)) {
            return new LoadedFile(in.readAllBytes());
        }
    }

    /** In parquet's messages; ours name the file. */
    @Override
    public String toString() {
        return "it";
    }

    @Override
    public long getLength() {
        return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
        Cursor cursor = new Cursor(bytes);
        return new DelegatingSeekableInputStream(cursor) {
            @Override
            public long getPos() {
                return cursor.position();
            }

            @Override
            public void seek(long position) {
                cursor.seek(position);
            }
        };
    }

    private static final class Cursor extends ByteArrayInputStream {
        Cursor(byte[] bytes) {
            super(bytes);
        }

        synchronized long position() {
            return pos;
        }

        synchronized void seek(long position) {
            pos = Math.toIntExact(position);
        }
    }
}
