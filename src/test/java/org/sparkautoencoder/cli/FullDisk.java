package org.sparkautoencoder.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk as {@code full:///}, which is full once so many files were created as the system property {@code full.after} says.
 * From then on writing fails, with Hadoop's FSError if {@code full.error} is true.
 */
public final class FullDisk extends RawLocalFileSystem {
    private static final URI NAME = URI.create("full:///");
    private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger("full.after", Integer.MAX_VALUE));

    @Override
    public URI getUri() {
        return NAME;
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int buffer, short replication, long block, Progressable progress)
            throws IOException {
        if (LEFT.getAndDecrement() > 0) {
            return super.create(file, overwrite, buffer, replication, block, progress);
        }
        if (Boolean.getBoolean("full.error")) { // whose constructor only Hadoop's own stream can call
            return super.create(new Path("full:///dev/full"), true, buffer, replication, block, progress);
        }
        return new FSDataOutputStream(
                new Full(super.create(file, overwrite, buffer, replication, block, progress)), null);
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        return create(file, overwrite, buffer, replication, block, progress);
    }

    /** Takes a byte and no more. */
    private static final class Full extends FilterOutputStream {
        Full(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, Math.min(1, length));
            throw new IOException("No space left on device");
        }

        @Override
        public void write(int one) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
